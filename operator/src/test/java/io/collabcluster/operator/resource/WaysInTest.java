package io.collabcluster.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaysInTest {

    @Test
    void anIngressLeadsToTheClientService() {
        Ingress ingress = ingress("{type: Ingress, className: nginx, host: collab.example.com, tlsSecret: web}");
        assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("nginx");
        assertThat(ingress.getSpec().getTls()).singleElement().satisfies(tls -> {
            assertThat(tls.getSecretName()).isEqualTo("web");
            assertThat(tls.getHosts()).containsExactly("collab.example.com");
        });
        assertThat(ingress.getSpec().getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getHost()).isEqualTo("collab.example.com");
            assertThat(rule.getHttp().getPaths()).isNotEmpty().allSatisfy(path -> {
                var service = path.getBackend().getService();
                assertThat(service.getName()).isEqualTo("demo");
                assertThat(service.getPort().getName()).isEqualTo("http");
                assertThat(service.getPort().getNumber()).isNull();
            });
        });
    }

    @Test
    void withoutHostAndClassAnIngressTakesAnyHostInTheDefaultClass() {
        Ingress ingress = ingress("{type: Ingress}");
        assertThat(ingress.getSpec().getIngressClassName()).isNull();
        assertThat(ingress.getSpec().getRules().getFirst().getHost()).isNull();
        assertThat(ingress.getSpec().getTls()).isNullOrEmpty();
        assertThat(ingress.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void theSpecificationsAnnotationsWin() {
        assertThat(ingress("""
                {type: Ingress, provider: Nginx, annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "60"}}
                """).getMetadata().getAnnotations())
                .containsEntry("nginx.ingress.kubernetes.io/proxy-read-timeout", "60")
                .containsEntry("nginx.ingress.kubernetes.io/affinity", "cookie");
    }

    /** Neither metrics nor /admin are for everybody, nor is what is below /status. */
    @Test
    void onlyWhatClientsAndThePageNeedIsPublic() {
        assertThat(paths("exposure: {type: Ingress}", "socketio: {path: /collab}"))
                .containsExactly(
                        "Exact /",
                        "Exact /status",
                        "Prefix /collab",
                        "Prefix /api",
                        "Prefix /servers",
                        "Prefix /assets",
                        "Prefix /asyncapi.yaml");
    }

    @Test
    void whatTheSpecificationListsIsPublicInPlaceOfThat() {
        assertThat(paths("exposure: {type: Ingress, paths: [/]}")).containsExactly("Prefix /");
        assertThat(paths("exposure: {type: Ingress, paths: [/socket.io, /status]}"))
                .containsExactly("Prefix /socket.io", "Prefix /status");
    }

    private static List<String> paths(String... spec) {
        return new ServerIngress()
                        .desired(Clusters.of(spec), Contexts.with())
                        .getSpec()
                        .getRules()
                        .getFirst()
                        .getHttp()
                        .getPaths()
                        .stream()
                        .map(path -> path.getPathType() + " " + path.getPath())
                        .toList();
    }

    private static Ingress ingress(String exposure) {
        return new ServerIngress().desired(Clusters.of("exposure: " + exposure), Contexts.with());
    }

    /** Lists that are compared as a whole have to hold what the definition has defaults for. */
    @Test
    void aRouteIsWrittenOut() {
        HTTPRoute route = route(
                "{type: Gateway, host: c.example.com, gateway: {name: web, namespace: infra, sectionName: https}}");
        assertThat(route.getSpec().getHostnames()).containsExactly("c.example.com");
        assertThat(route.getSpec().getParentRefs()).singleElement().satisfies(parent -> {
            assertThat(parent.getGroup()).isEqualTo("gateway.networking.k8s.io");
            assertThat(parent.getKind()).isEqualTo("Gateway");
            assertThat(parent.getName()).isEqualTo("web");
            assertThat(parent.getNamespace()).isEqualTo("infra");
            assertThat(parent.getSectionName()).isEqualTo("https");
        });
        var rule = route.getSpec().getRules().getFirst();
        assertThat(rule.getMatches())
                .extracting(match ->
                        match.getPath().getType() + " " + match.getPath().getValue())
                .containsExactly(
                        "Exact /",
                        "Exact /status",
                        "PathPrefix /socket.io",
                        "PathPrefix /api",
                        "PathPrefix /servers",
                        "PathPrefix /assets",
                        "PathPrefix /asyncapi.yaml");
        var backend = rule.getBackendRefs().getFirst();
        assertThat(backend.getGroup()).isEmpty();
        assertThat(backend.getKind()).isEqualTo("Service");
        assertThat(backend.getName()).isEqualTo("demo");
        assertThat(backend.getPort()).isEqualTo(80);
        assertThat(backend.getWeight()).isEqualTo(1);
        assertThat(rule.getSessionPersistence()).isNull();
        assertThat(rule.getTimeouts()).isNull();
    }

    @Test
    void whatIsExperimentalOrRefusedBySomeIsThereOnlyWhenAsked() {
        var rule = route("""
                {type: Gateway, gateway: {name: web, sessionPersistence: Experimental, disableRequestTimeout: true}}
                """).getSpec().getRules().getFirst();
        assertThat(rule.getSessionPersistence().getType()).isEqualTo("Cookie");
        assertThat(rule.getSessionPersistence().getSessionName()).isEqualTo("collab-route");
        assertThat(rule.getTimeouts().getRequest()).isEqualTo("0s");
    }

    private static HTTPRoute route(String exposure) {
        CollabCluster cluster = Clusters.of("exposure: " + exposure.strip());
        return new ServerRoute().desired(cluster, Contexts.with());
    }

    @Test
    void oneWayInIsThereAtATime() {
        CollabCluster byIngress = Clusters.of("exposure: {type: Ingress}");
        CollabCluster byRoute = Clusters.of("exposure: {type: Gateway, gateway: {name: web}}");
        assertThat(new ServerIngress.Wanted().isMet(null, byIngress, null)).isTrue();
        assertThat(new ServerRoute.Wanted().isMet(null, byIngress, null)).isFalse();
        assertThat(new ServerIngress.Wanted().isMet(null, byRoute, null)).isFalse();
        assertThat(new ServerRoute.Wanted().isMet(null, byRoute, null)).isTrue();
        assertThat(new ServerIngress.Wanted().isMet(null, Clusters.of(), null)).isFalse();
    }
}
