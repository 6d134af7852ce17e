package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.api.GatewaySpec;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.StickyMode;
import io.collabcluster.operator.exposure.Exposure;
import io.collabcluster.operator.exposure.PublicPath;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatchBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/**
 * The way in through the Gateway API. What its definition has defaults for is written out: rules and parents are lists
 * that are compared as a whole.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerRoute extends OwnedResource<HTTPRoute> {

    private static final String GROUP = "gateway.networking.k8s.io";

    public ServerRoute() {
        super(HTTPRoute.class);
    }

    @Override
    protected HTTPRoute desired(CollabCluster cluster, Context<CollabCluster> context) {
        Exposure exposure = Exposure.of(cluster.getSpec());
        var route = new HTTPRouteBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withParentRefs(parent(exposure.spec().gateway()))
                .withRules(rule(cluster, exposure));
        if (!exposure.spec().host().isEmpty()) {
            route.withHostnames(exposure.spec().host());
        }
        HTTPRoute built = route.endSpec().build();
        if (!exposure.spec().annotations().isEmpty()) {
            built.getMetadata().setAnnotations(exposure.spec().annotations());
        }
        return built;
    }

    private static ParentReference parent(GatewaySpec gateway) {
        var parent = new ParentReferenceBuilder()
                .withGroup(GROUP)
                .withKind("Gateway")
                .withName(gateway.name());
        if (!gateway.namespace().isEmpty()) {
            parent.withNamespace(gateway.namespace());
        }
        if (!gateway.sectionName().isEmpty()) {
            parent.withSectionName(gateway.sectionName());
        }
        return parent.build();
    }

    private static HTTPRouteRule rule(CollabCluster cluster, Exposure exposure) {
        var rule = new HTTPRouteRuleBuilder()
                .withMatches(PublicPath.of(cluster.getSpec()).stream()
                        .map(ServerRoute::match)
                        .toList())
                .addNewBackendRef()
                .withGroup("")
                .withKind("Service")
                .withName(Names.server(cluster))
                .withPort(ClientService.PORT)
                .withWeight(1)
                .endBackendRef();
        if (exposure.spec().gateway().disableRequestTimeout()) {
            rule.withNewTimeouts().withRequest("0s").endTimeouts();
        }
        if (exposure.mode() == StickyMode.COOKIE) {
            rule.withNewSessionPersistence()
                    .withSessionName(exposure.sticky().cookieName())
                    .withType("Cookie")
                    .withNewCookieConfig("Session")
                    .endSessionPersistence();
        }
        return rule.build();
    }

    private static HTTPRouteMatch match(PublicPath path) {
        return new HTTPRouteMatchBuilder()
                .withNewPath(path.exact() ? "Exact" : "PathPrefix", path.path())
                .build();
    }

    /** With an exposure of type Gateway. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.exposure().type() == ExposureType.GATEWAY;
        }
    }
}
