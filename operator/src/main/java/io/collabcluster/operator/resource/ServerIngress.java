package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.ExposureSpec;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.exposure.Exposure;
import io.collabcluster.operator.exposure.PublicPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPathBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.TreeMap;

/**
 * The way in through an ingress controller. Some controllers drop every WebSocket some minutes after any Ingress was
 * written: it is written only when it differs.
 */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerIngress extends OwnedResource<Ingress> {

    public ServerIngress() {
        super(Ingress.class);
    }

    @Override
    protected Ingress desired(CollabCluster cluster, Context<CollabCluster> context) {
        Exposure exposure = Exposure.of(cluster.getSpec());
        ExposureSpec spec = exposure.spec();
        var annotations = new TreeMap<>(exposure.routing().ingress(exposure));
        annotations.putAll(spec.annotations());
        var ingress = new IngressBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withRules(rule(cluster, spec));
        if (!spec.className().isEmpty()) {
            ingress.withIngressClassName(spec.className());
        }
        if (!spec.tlsSecret().isEmpty()) {
            var tls = new IngressTLSBuilder().withSecretName(spec.tlsSecret());
            ingress.withTls((spec.host().isEmpty() ? tls : tls.withHosts(spec.host())).build());
        }
        Ingress built = ingress.endSpec().build();
        if (!annotations.isEmpty()) {
            built.getMetadata().setAnnotations(annotations);
        }
        return built;
    }

    private static IngressRule rule(CollabCluster cluster, ExposureSpec spec) {
        var rule = new IngressRuleBuilder()
                .withNewHttp()
                .withPaths(PublicPath.of(cluster.getSpec()).stream()
                        .map(path -> path(cluster, path))
                        .toList())
                .endHttp();
        return (spec.host().isEmpty() ? rule : rule.withHost(spec.host())).build();
    }

    private static HTTPIngressPath path(CollabCluster cluster, PublicPath path) {
        return new HTTPIngressPathBuilder()
                .withPath(path.path())
                .withPathType(path.exact() ? "Exact" : "Prefix")
                .withNewBackend()
                .withNewService()
                .withName(Names.server(cluster))
                .withNewPort()
                .withName("http")
                .endPort()
                .endService()
                .endBackend()
                .build();
    }

    /** With an exposure of type Ingress. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.exposure().type() == ExposureType.INGRESS;
        }
    }
}
