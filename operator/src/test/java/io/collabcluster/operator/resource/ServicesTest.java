package io.collabcluster.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import org.junit.jupiter.api.Test;

class ServicesTest {

    @Test
    void clientsFindTheNodesInsideTheCluster() {
        Service service = clients("{}");
        assertThat(service.getMetadata().getName()).isEqualTo("demo");
        assertThat(service.getMetadata().getAnnotations()).isNullOrEmpty();
        assertThat(service.getSpec().getType()).isEqualTo("ClusterIP");
        assertThat(service.getSpec().getSessionAffinity()).isEqualTo("None");
        assertThat(service.getSpec().getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getPort()).isEqualTo(80);
            assertThat(port.getTargetPort().getStrVal()).isEqualTo("http");
            assertThat(port.getAppProtocol()).isEqualTo("http");
        });
        assertThat(service.getSpec().getSelector()).containsEntry("app.kubernetes.io/component", "server");
    }

    @Test
    void aLoadBalancerKeepsTheClientsAddresses() {
        Service service =
                clients("{type: LoadBalancer, className: internal, sourceRanges: [192.0.2.0/24], annotations: {a: b}}");
        assertThat(service.getSpec().getType()).isEqualTo("LoadBalancer");
        assertThat(service.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        assertThat(service.getSpec().getSessionAffinity()).isEqualTo("ClientIP");
        assertThat(service.getSpec().getSessionAffinityConfig().getClientIP().getTimeoutSeconds())
                .isEqualTo(10_800);
        assertThat(service.getSpec().getLoadBalancerClass()).isEqualTo("internal");
        assertThat(service.getSpec().getLoadBalancerSourceRanges()).containsExactly("192.0.2.0/24");
        assertThat(service.getMetadata().getAnnotations()).containsEntry("a", "b");
    }

    @Test
    void providersThatReadTheServiceAreToldThere() {
        assertThat(clients("{type: Ingress, provider: HAProxyTech}")
                        .getMetadata()
                        .getAnnotations())
                .containsEntry("haproxy.org/cookie-persistence", "collab-route");
    }

    @Test
    void nodesAreFoundOneByOneReadyOrNot() {
        Service service = new NodesService().desired(Clusters.of(), Contexts.with());
        assertThat(service.getMetadata().getName()).isEqualTo("demo-nodes");
        assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
        assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(service.getSpec().getPorts())
                .extracting(ServicePort::getName, ServicePort::getPort)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http", 3000),
                        org.assertj.core.groups.Tuple.tuple("internal", 3001));
    }

    private static Service clients(String exposure) {
        return new ClientService().desired(Clusters.of("exposure: " + exposure), Contexts.with());
    }
}
