package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.exposure.Exposure;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceFluent;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Map;
import java.util.TreeMap;

/** Where clients find the nodes: inside the cluster, behind an Ingress or a route, or as a load balancer of its own. */
public final class ClientService extends OwnedResource<Service> {

    /** The port that Ingress and HTTPRoute name. */
    static final int PORT = 80;

    /** Kubernetes' own default, three hours. */
    private static final int AFFINITY_SECONDS = 10_800;

    public ClientService() {
        super(Service.class);
    }

    @Override
    protected Service desired(CollabCluster cluster, Context<CollabCluster> context) {
        Exposure exposure = Exposure.of(cluster.getSpec());
        var service = new ServiceBuilder()
                .withMetadata(metadata(cluster))
                .withNewSpec()
                .withType(balances(exposure) ? "LoadBalancer" : "ClusterIP")
                .withSelector(Labels.selector(cluster, Labels.SERVER))
                .withSessionAffinity(exposure.byServiceAffinity() ? "ClientIP" : "None")
                .addNewPort()
                .withName("http")
                .withPort(PORT)
                .withNewTargetPort("http")
                .withProtocol("TCP")
                // Else a mesh takes it for something that isn't HTTP.
                .withAppProtocol("http")
                .endPort();
        if (exposure.byServiceAffinity()) {
            service.withNewSessionAffinityConfig()
                    .withNewClientIP(AFFINITY_SECONDS)
                    .endSessionAffinityConfig();
        }
        if (balances(exposure)) {
            balancer(exposure, service);
        }
        Service built = service.endSpec().build();
        Map<String, String> annotations = annotations(exposure);
        if (!annotations.isEmpty()) {
            built.getMetadata().setAnnotations(annotations);
        }
        return built;
    }

    private static boolean balances(Exposure exposure) {
        return exposure.spec().type() == ExposureType.LOAD_BALANCER;
    }

    private static void balancer(Exposure exposure, ServiceFluent<?>.SpecNested<?> service) {
        // Else the nodes see the machines' addresses in place of the clients'.
        service.withExternalTrafficPolicy("Local");
        if (!exposure.spec().className().isEmpty()) {
            service.withLoadBalancerClass(exposure.spec().className());
        }
        if (!exposure.spec().sourceRanges().isEmpty()) {
            service.withLoadBalancerSourceRanges(exposure.spec().sourceRanges());
        }
    }

    private static Map<String, String> annotations(Exposure exposure) {
        var annotations = new TreeMap<>(exposure.routing().service(exposure));
        if (balances(exposure)) {
            annotations.putAll(exposure.spec().annotations());
        }
        return annotations;
    }
}
