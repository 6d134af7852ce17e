package io.collabcluster.operator.apiserver;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Locale;

/**
 * Definitions of the kinds that add-ons bring, as far as their published ones fill in what is left out of what the operator
 * writes: Gateway API 1.4, experimental channel, and prometheus-operator 0.85. What else is in them is kept as it is.
 */
final class AddOns {

    private static final String ROUTE = """
            parentRefs:
              type: array
              x-kubernetes-list-type: atomic
              items:
                type: object
                required: [name]
                properties:
                  group: {type: string, default: gateway.networking.k8s.io}
                  kind: {type: string, default: Gateway}
                  name: {type: string}
                  namespace: {type: string}
                  sectionName: {type: string}
            rules:
              type: array
              x-kubernetes-list-type: atomic
              items:
                type: object
                x-kubernetes-preserve-unknown-fields: true
                properties:
                  matches:
                    type: array
                    x-kubernetes-list-type: atomic
                    default: [{path: {type: PathPrefix, value: /}}]
                    items:
                      type: object
                      properties:
                        path:
                          type: object
                          default: {type: PathPrefix, value: /}
                          properties:
                            type: {type: string, default: PathPrefix}
                            value: {type: string, default: /}
                  backendRefs:
                    type: array
                    x-kubernetes-list-type: atomic
                    items:
                      type: object
                      required: [name]
                      properties:
                        group: {type: string, default: ""}
                        kind: {type: string, default: Service}
                        name: {type: string}
                        port: {type: integer, format: int32}
                        weight: {type: integer, format: int32, default: 1}
                  sessionPersistence:
                    type: object
                    x-kubernetes-preserve-unknown-fields: true
                    properties:
                      type: {type: string, default: Cookie}
                      cookieConfig:
                        type: object
                        properties:
                          lifetimeType: {type: string, default: Session}
            """;
    private static final String MONITOR = """
            endpoints:
              type: array
              items:
                type: object
                x-kubernetes-preserve-unknown-fields: true
            """;
    private static final String RULES = """
            groups:
              type: array
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [name]
              items:
                type: object
                required: [name]
                x-kubernetes-preserve-unknown-fields: true
                properties:
                  name: {type: string}
            """;

    static final List<CustomResourceDefinition> DEFINITIONS = List.of(
            definition("gateway.networking.k8s.io", "HTTPRoute", ROUTE),
            definition("monitoring.coreos.com", "ServiceMonitor", MONITOR),
            definition("monitoring.coreos.com", "PrometheusRule", RULES));

    private AddOns() {}

    /** Whether the definition of HTTPRoutes has the field for cookies: those of the standard channel haven't, and it is refused. */
    static boolean sessionsPersist(CustomResourceDefinition routes) {
        return routes.getSpec().getVersions().stream()
                .filter(version -> version.getName().equals("v1"))
                .map(version -> version.getSchema().getOpenAPIV3Schema())
                .map(schema -> schema.getProperties().get("spec"))
                .map(spec -> spec.getProperties().get("rules").getItems().getSchema())
                .anyMatch(rule -> rule.getProperties().containsKey("sessionPersistence"));
    }

    private static CustomResourceDefinition definition(String group, String kind, String spec) {
        String singular = kind.toLowerCase(Locale.ROOT);
        return Serialization.unmarshal(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %2$ss.%1$s
                  annotations:
                    # The API server asks for it of groups below k8s.io.
                    api-approved.kubernetes.io: https://github.com/kubernetes-sigs/gateway-api/pull/3328
                spec:
                  group: %1$s
                  scope: Namespaced
                  names: {kind: %3$s, plural: %2$ss, singular: %2$s, listKind: %3$sList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema:
                        openAPIV3Schema:
                          type: object
                          properties:
                            spec:
                              type: object
                              x-kubernetes-preserve-unknown-fields: true
                              properties:
                """.formatted(group, singular, kind) + spec.indent(20), CustomResourceDefinition.class);
    }
}
