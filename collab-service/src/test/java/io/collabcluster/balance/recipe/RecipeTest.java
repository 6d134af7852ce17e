package io.collabcluster.balance.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.config.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The balancers themselves take every recipe, and none has the mistakes that such recipes often have. */
class RecipeTest {

    @TempDir
    static Path files;

    private static List<Optional<String>> certificates;

    @TempDir
    Path folder;

    @BeforeAll
    static void certificate() throws IOException {
        Certificates made = Certificates.make(files, "server", "RSA");
        String certificate = Files.readString(made.certificate());
        Path both = Files.writeString(files.resolve("both.pem"), certificate + Files.readString(made.privateKey()));
        Files.writeString(files.resolve("server.crt.key"), Files.readString(made.privateKey()));
        certificates = List.of(
                Optional.empty(),
                Optional.of(both.toString()),
                Optional.of(made.certificate() + ":" + files.resolve("server.crt.key")));
    }

    /** Each mode with each option, with those left out that are refused. */
    private static List<Asked> everything(Product product) {
        List<Asked> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            for (boolean tcp : new boolean[] {false, true}) {
                for (boolean proxyProtocol : new boolean[] {false, true}) {
                    for (String[] trusted : new String[][] {{}, {"10.0.0.0/8", "fd00::/8", "192.0.2.1"}}) {
                        for (Optional<String> tls : certificates) {
                            all.add(Asked.of(product, mode)
                                    .tcp(tcp)
                                    .proxyProtocol(proxyProtocol)
                                    .trusted(trusted)
                                    .tls(tls)
                                    .listen("127.0.0.1:8080", "[::1]:8081", "8082"));
                        }
                    }
                }
            }
        }
        return all.stream()
                .filter(asked -> asked.result() instanceof RecipeReader.Valid)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void theBalancerTakesEveryModeWithEveryOption(Product product) throws Exception {
        var balancer = BalancerBinary.of(product, folder);
        List<Asked> all = everything(product);
        assertThat(all).hasSize(3 * 3 * 3 + 2 * 3 * 6);
        for (Asked asked : all) {
            balancer.check(asked.text());
        }
    }

    @Test
    void nginxTakesWhatItsOwnVersionHas() throws Exception {
        var nginx = BalancerBinary.of(Product.NGINX, folder);
        for (Mode mode : Mode.values()) {
            for (Optional<String> tls : certificates) {
                nginx.check(Asked.of(Product.NGINX, mode)
                        .version(nginx.version().toString())
                        .tls(tls)
                        .listen("8080")
                        .text());
            }
        }
    }

    @Test
    void haproxyTakesTheAgentCheckAndAnyKey() throws Exception {
        var haproxy = BalancerBinary.of(Product.HAPROXY, folder);
        haproxy.check(Asked.of(Product.HAPROXY, Mode.KEY)
                .key("document_id")
                .agentCheck(3002)
                .listen("8080")
                .text());
        haproxy.check(Asked.of(Product.HAPROXY, Mode.IP)
                .tcp(true)
                .agentCheck(3002)
                .listen("8080")
                .text());
    }

    @Test
    void newerNginxHasItsOwnStickiness() {
        assertThat(Asked.of(Product.NGINX, Mode.COOKIE).version("1.29.6").text())
                .contains("sticky cookie collab_node path=/ httponly samesite=lax;")
                .contains("add \"drain\"")
                .doesNotContain("add_header", "$collab_key");
        assertThat(Asked.of(Product.NGINX, Mode.SID).version("1.29.6").text())
                .contains("sticky route $collab_route;", "server [::1]:3002 max_fails=2 fail_timeout=5s route=n002;")
                .doesNotContain("$collab_upstream");
        assertThat(Asked.of(Product.NGINX, Mode.COOKIE).version("1.29.5").text())
                .contains("hash $collab_key consistent;", "add_header Set-Cookie $collab_cookie always;")
                .doesNotContain("sticky cookie");
    }

    @Test
    void theWayToTurnHttp2OnIsTheVersionsOwn() {
        Asked asked = Asked.of(Product.NGINX, Mode.IP).tls(Optional.of("/a.pem:/b.pem"));
        assertThat(asked.text()).contains("listen 443 ssl http2;").doesNotContain("http2 on");
        assertThat(asked.version("1.25.1").text()).contains("listen 443 ssl;", "http2 on;");
    }

    @Test
    void noHashIsOfABalancersAddressAndNoneIsInconsistent() {
        for (Product product : Product.values()) {
            for (Asked asked : everything(product)) {
                for (String line : asked.text().lines().map(String::strip).toList()) {
                    assertThat(line).doesNotStartWith("ip_hash");
                    if (line.startsWith("hash ")) {
                        assertThat(line).endsWith(" consistent;");
                    }
                }
                String text = asked.text();
                boolean hashed = text.contains("balance source") || text.contains("balance url_param");
                assertThat(text.contains("hash-type consistent")).isEqualTo(hashed);
                assertThat(text.contains("hash-balance-factor 150")).isEqualTo(hashed);
            }
        }
        assertThat(Asked.of(Product.NGINX, Mode.IP).trusted("10.0.0.0/8").text())
                .contains("set_real_ip_from 10.0.0.0/8;", "real_ip_recursive on;");
        assertThat(Asked.of(Product.HAPROXY, Mode.IP).trusted("10.0.0.0/8").text())
                .contains("http-request set-src");
    }

    @Test
    void anIdleConnectionIsNotCut() {
        assertThat(Asked.of(Product.HAPROXY, Mode.IP).text()).contains("timeout tunnel 1h");
        assertThat(Asked.of(Product.NGINX, Mode.IP).text()).contains("proxy_read_timeout 60s;");
        assertThat(Asked.of(Product.NGINX, Mode.IP).tcp(true).text()).contains("proxy_timeout 60s;");
    }

    @Test
    void aNodesPlaceInTheListIsNothingThatAHashDependsOn() {
        String three =
                Asked.of(Product.HAPROXY, Mode.IP, List.of("a:1", "b:1", "c:1")).text();
        String two = Asked.of(Product.HAPROXY, Mode.IP, List.of("c:1", "b:1")).text();
        List<String> servers =
                two.lines().filter(line -> line.strip().startsWith("server ")).toList();
        assertThat(servers).hasSize(2).allSatisfy(line -> assertThat(line).contains(" id "));
        assertThat(three.lines()).containsAll(servers);
    }

    @Test
    void noLogHasAQuery() {
        assertThat(Asked.of(Product.NGINX, Mode.IP).text())
                .contains("log_format collab", "$request_method $uri")
                .doesNotContain("$request_uri", "\"$request\"");
        assertThat(Asked.of(Product.HAPROXY, Mode.IP).text())
                .contains("%HM %HPO")
                .doesNotContain("option httplog");
    }

    @Test
    void itSaysWhatTheNodesNeed() {
        assertThat(Asked.of(Product.NGINX, Mode.IP).text()).contains("\"proxy\": {\"trusted\":");
        assertThat(Asked.of(Product.NGINX, Mode.IP)
                        .tcp(true)
                        .proxyProtocol(true)
                        .text())
                .contains("\"protocol\": true}");
        assertThat(Asked.of(Product.HAPROXY, Mode.IP).agentCheck(3002).text())
                .contains("\"agentCheck\": {\"port\": 3002}", "agent-port 3002");
    }
}
