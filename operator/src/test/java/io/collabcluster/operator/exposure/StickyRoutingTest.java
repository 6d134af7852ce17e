package io.collabcluster.operator.exposure;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.api.StickyMode;
import io.collabcluster.operator.fake.Clusters;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickyRoutingTest {

    @Test
    void nginxKeepsAClientByACookieAndIdleConnectionsForAnHour() {
        assertThat(ingress("{type: Ingress, provider: Nginx, tlsSecret: tls}"))
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("nginx.ingress.kubernetes.io/affinity", "cookie"),
                        Map.entry("nginx.ingress.kubernetes.io/affinity-mode", "persistent"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-name", "collab-route"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-path", "/"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-samesite", "Lax"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-secure", "true"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-max-age", "172800"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-expires", "172800"),
                        Map.entry("nginx.ingress.kubernetes.io/session-cookie-change-on-failure", "true"),
                        Map.entry("nginx.ingress.kubernetes.io/proxy-body-size", "1065536"),
                        Map.entry("nginx.ingress.kubernetes.io/proxy-read-timeout", "3600"),
                        Map.entry("nginx.ingress.kubernetes.io/proxy-send-timeout", "3600")));
        assertThat(service("{type: Ingress, provider: Nginx}")).isEmpty();
    }

    /** Else it answers 413 by itself from one mebibyte on, and the server is never asked. */
    @Test
    void nginxLetsThroughWhateverTheServerTakes() {
        var cluster =
                Clusters.of("exposure: {type: Ingress, provider: Nginx}", "socketio: {maxHttpBufferSize: 8000000}");
        Exposure exposure = Exposure.of(cluster.getSpec());
        assertThat(exposure.routing().ingress(exposure))
                .containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "8065536");
        cluster = Clusters.of("exposure: {type: Ingress, provider: Nginx}", "socketio: {maxHttpBufferSize: 1024}");
        exposure = Exposure.of(cluster.getSpec());
        assertThat(exposure.routing().ingress(exposure))
                .containsEntry("nginx.ingress.kubernetes.io/proxy-body-size", "1048576");
    }

    @Test
    void nginxHashesWhatTheClientSendsFromItsFirstRequestOn() {
        assertThat(ingress("{type: Ingress, provider: Nginx, sticky: {mode: HashKey, key: doc}}"))
                .containsEntry("nginx.ingress.kubernetes.io/upstream-hash-by", "$arg_doc")
                .doesNotContainKey("nginx.ingress.kubernetes.io/affinity");
        assertThat(ingress("{type: Ingress, provider: Nginx, sticky: {mode: ClientIP}}"))
                .containsEntry("nginx.ingress.kubernetes.io/upstream-hash-by", "$remote_addr");
    }

    /** It reads them from there alone. */
    @Test
    void haproxyTechIsToldByTheService() {
        assertThat(ingress("{type: Ingress, provider: HAProxyTech}")).isEmpty();
        assertThat(service("{type: Ingress, provider: HAProxyTech}"))
                .containsEntry("haproxy.org/cookie-persistence", "collab-route")
                .containsEntry("haproxy.org/check-http", "GET /status/live");
        assertThat(service("{type: Ingress, provider: HAProxyTech, sticky: {mode: HashKey, key: doc}}"))
                .containsEntry("haproxy.org/load-balance", "url_param doc");
        assertThat(service("{type: Ingress, provider: HAProxyTech, sticky: {mode: ClientIP}}"))
                .containsEntry("haproxy.org/load-balance", "source");
        assertThat(service("{type: Ingress, provider: HAProxyTech, sticky: {mode: None}}"))
                .containsEntry("haproxy.org/load-balance", "leastconn");
    }

    @Test
    void haproxyIngressIsToldByTheIngress() {
        assertThat(ingress("{type: Ingress, provider: HAProxyIngress, timeoutSeconds: 7200, sticky: {sameSite: None}}"))
                .containsEntry("haproxy-ingress.github.io/timeout-tunnel", "7200s")
                .containsEntry("haproxy-ingress.github.io/affinity", "cookie")
                .containsEntry("haproxy-ingress.github.io/session-cookie-same-site", "true");
        assertThat(ingress("{type: Ingress, provider: HAProxyIngress, sticky: {mode: ClientIP}}"))
                .containsEntry("haproxy-ingress.github.io/balance-algorithm", "source");
    }

    @Test
    void traefikIsToldByTheService() {
        String cookie = "traefik.ingress.kubernetes.io/service.sticky.cookie";
        assertThat(ingress("{type: Ingress, provider: Traefik}")).isEmpty();
        assertThat(service("{type: Ingress, provider: Traefik, sticky: {sameSite: None, cookieName: node}}"))
                .containsEntry(cookie, "true")
                .containsEntry(cookie + ".name", "node")
                .containsEntry(cookie + ".samesite", "none")
                .containsEntry(cookie + ".secure", "true")
                .containsEntry(cookie + ".httponly", "true");
        assertThat(service("{type: Ingress, provider: Traefik, sticky: {mode: None}}"))
                .isEmpty();
    }

    @Test
    void anAlbWaitsForADrainAndStaysBelowItsOwnBounds() {
        assertThat(
                        ingress(
                                "{type: Ingress, provider: ALB, timeoutSeconds: 86400, sticky: {cookieMaxAgeSeconds: 31536000}}"))
                .containsEntry("alb.ingress.kubernetes.io/target-type", "ip")
                .containsEntry("alb.ingress.kubernetes.io/healthcheck-path", "/status/live")
                .containsEntry(
                        "alb.ingress.kubernetes.io/load-balancer-attributes", "idle_timeout.timeout_seconds=4000")
                .containsEntry(
                        "alb.ingress.kubernetes.io/target-group-attributes",
                        "deregistration_delay.timeout_seconds=40,stickiness.enabled=true,stickiness.type=lb_cookie,"
                                + "stickiness.lb_cookie.duration_seconds=604800");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                            | NONE
            {type: Ingress}                               | NONE
            {type: Ingress, provider: ALB}                | COOKIE
            {type: LoadBalancer}                          | CLIENT_IP
            {type: Gateway, gateway: {name: g}}           | NONE
            {type: Gateway, gateway: {name: g, sessionPersistence: Experimental}} | COOKIE
            {type: LoadBalancer, sticky: {mode: None}}    | NONE
            """)
    void whatIsLeftToTheOperatorIsTheBestThatTheWayInCan(String exposure, StickyMode mode) {
        assertThat(exposure(exposure).mode()).isEqualTo(mode);
    }

    @Test
    void clientsThatOnlySpeakWebSocketNeedNoStickiness() {
        var cluster = Clusters.of("exposure: {type: Ingress, provider: Nginx}", "socketio: {transports: [websocket]}");
        assertThat(Exposure.of(cluster.getSpec()).mode()).isEqualTo(StickyMode.NONE);
    }

    private static Exposure exposure(String exposure) {
        return Exposure.of(Clusters.of("exposure: " + exposure).getSpec());
    }

    private static Map<String, String> ingress(String exposure) {
        return exposure(exposure).routing().ingress(exposure(exposure));
    }

    private static Map<String, String> service(String exposure) {
        return exposure(exposure).routing().service(exposure(exposure));
    }
}
