package io.collabcluster.operator.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** CollabClusters to test with, as people write them. */
public final class Clusters {

    private static final ResourceDefinitionContext KIND =
            ResourceDefinitionContext.fromResourceType(CollabCluster.class);
    private static final String HEAD = """
            apiVersion: collabcluster.io/v1alpha1
            kind: CollabCluster
            metadata:
              name: demo
              namespace: team
            spec:
            """;
    private static final String DATA_SOURCE = """
            dataSource:
              host: db.example.com
              credentialsSecret:
                name: demo-db
            """;

    private Clusters() {}

    /** @param spec YAML of more of the specification, not indented; a part with a dataSource has it in place of the usual one */
    public static String yaml(String... spec) {
        StringBuilder yaml = new StringBuilder(HEAD);
        if (Stream.of(spec).noneMatch(part -> part.strip().startsWith("dataSource:"))) {
            yaml.append(DATA_SOURCE.indent(2));
        }
        for (String part : spec) {
            yaml.append(part.strip().indent(2));
        }
        return yaml.toString();
    }

    /** As people write it, without what Java adds. */
    public static GenericKubernetesResource raw(String... spec) {
        return Serialization.unmarshal(yaml(spec), GenericKubernetesResource.class);
    }

    /** What people do to the resource of that name, in the client's namespace. */
    public static Resource<GenericKubernetesResource> resource(KubernetesClient client) {
        return client.genericKubernetesResources(KIND)
                .inNamespace(client.getNamespace())
                .withName("demo");
    }

    /** In the client's namespace, whatever it says of its own. */
    public static Resource<GenericKubernetesResource> resource(
            KubernetesClient client, GenericKubernetesResource cluster) {
        return client.genericKubernetesResources(KIND)
                .inNamespace(client.getNamespace())
                .resource(cluster);
    }

    /** Another specification. */
    public static void replace(KubernetesClient client, String... spec) {
        edit(client, there -> {
            there.setAdditionalProperty(
                    "spec", raw(spec).getAdditionalProperties().get("spec"));
            return there;
        });
    }

    /** Again where the operator wrote its status in between, as people do. */
    private static void edit(KubernetesClient client, UnaryOperator<GenericKubernetesResource> change) {
        for (int left = 10; ; left--) {
            try {
                resource(client).edit(change);
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || left == 0) {
                    throw e;
                }
            }
        }
    }

    public static void annotate(KubernetesClient client, String name, String value) {
        edit(client, there -> {
            Map<String, String> annotations = new TreeMap<>();
            if (there.getMetadata().getAnnotations() != null) {
                annotations.putAll(there.getMetadata().getAnnotations());
            }
            annotations.put(name, value);
            there.getMetadata().setAnnotations(annotations);
            return there;
        });
    }

    /** As the operator gets it from an API server, which has checked it and filled in its defaults. */
    public static CollabCluster of(String... spec) {
        ObjectNode resource = Serialization.unmarshal(yaml(spec), ObjectNode.class);
        List<String> faults = Admission.admit(resource, Optional.empty());
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.toString());
        }
        CollabCluster cluster = Serialization.unmarshal(Serialization.asJson(resource), CollabCluster.class);
        cluster.getMetadata().setUid("00000000-0000-0000-0000-000000000001");
        return cluster;
    }
}
