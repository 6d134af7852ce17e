package io.collabcluster.balance.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes no sense is refused, and what would be right is said. */
class RefusalTest {

    @ParameterizedTest
    @EnumSource(names = {"COOKIE", "KEY", "SID"})
    void aModeThatReadsRequestsNeedsThemRead(Mode mode) {
        assertThat(Asked.of(Product.NGINX, mode).tcp(true).faults())
                .singleElement()
                .asString()
                .contains("--mode " + mode.word() + " has to read the requests", "--mode ip or leastconn with --tcp");
    }

    @Test
    void sessionIdsLeadNowhereWithoutTheNodesIds() {
        assertThat(Asked.of(Product.HAPROXY, Mode.SID, List.of("n001=a:1", "b:1"))
                        .faults())
                .singleElement()
                .asString()
                .contains("set cluster.id", "n001=10.0.0.1:3000");
    }

    @Test
    void nginxAsksNoAgent() {
        assertThat(Asked.of(Product.NGINX, Mode.IP).agentCheck(3002).faults())
                .singleElement()
                .asString()
                .contains("only HAProxy does");
    }

    @Test
    void anAgentsPortIsAPort() {
        assertThat(Asked.of(Product.HAPROXY, Mode.IP).agentCheck(0).faults())
                .singleElement()
                .asString()
                .contains("--agent-check 0", "1 to 65535");
    }

    @Test
    void aProxyHeaderIsFromSomebodyWhoIsTrusted() {
        assertThat(Asked.of(Product.NGINX, Mode.IP).proxyProtocol(true).faults())
                .singleElement()
                .asString()
                .contains("--trusted CIDR");
        assertThat(Asked.of(Product.NGINX, Mode.IP)
                        .tcp(true)
                        .trusted("10.0.0.0/8")
                        .faults())
                .singleElement()
                .asString()
                .contains("Add --proxy-protocol");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0"})
    void nobodyTrustsEverybody(String subnet) {
        assertThat(Asked.of(Product.NGINX, Mode.IP).trusted(subnet).faults())
                .singleElement()
                .asString()
                .contains("trusts everybody");
    }

    @Test
    void haproxyWantsTheKeyWithTheCertificate() {
        assertThat(Asked.of(Product.HAPROXY, Mode.IP)
                        .tls(Optional.of("/a.pem:/b.pem"))
                        .faults())
                .singleElement()
                .asString()
                .contains("cat cert.pem key.pem > both.pem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sid", "EIO", "transport", "9x", "a-b", "", "x;y", "$x"})
    void aKeyIsTheApplicationsOwn(String key) {
        assertThat(Asked.of(Product.NGINX, Mode.KEY).key(key).faults())
                .singleElement()
                .asString()
                .contains("e.g. --key document");
    }

    @Test
    void aKeyIsForItsMode() {
        assertThat(Asked.of(Product.NGINX, Mode.IP).key("document").faults())
                .singleElement()
                .asString()
                .contains("--mode key --key document");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.21.6", "1", "x", "1.22.1; evil", "99999.1"})
    void anOldVersionHasNoRecipe(String version) {
        assertThat(Asked.of(Product.NGINX, Mode.IP).version(version).faults())
                .singleElement()
                .asString()
                .contains("nginx 1.22 and later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.1:0",
                "10.0.0.1:65536",
                "10.0.0.1:3000@0",
                "10.0.0.1:3000@257",
                "toolong=10.0.0.1:3000",
                "http://10.0.0.1:3000",
                "10.0.0.1:3000;}",
                "::1:3000",
                "a b:3000",
                ""
            })
    void aNodeIsAnAddress(String node) {
        assertThat(Asked.of(Product.NGINX, Mode.IP, List.of(node)).faults())
                .first()
                .asString()
                .contains("[ID=]HOST:PORT[@WEIGHT]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "80;", "example.com:80", "80 ssl"})
    void aPlaceToListenIsAPort(String listen) {
        assertThat(Asked.of(Product.NGINX, Mode.IP).listen(listen).faults())
                .singleElement()
                .asString()
                .contains("PORT or ADDRESS:PORT");
    }

    @Test
    void nodesDiffer() {
        assertThat(Asked.of(Product.NGINX, Mode.SID, List.of("n001=a:1", "n001=b:1"))
                        .faults())
                .singleElement()
                .asString()
                .contains("id n001 twice");
        assertThat(Asked.of(Product.NGINX, Mode.IP, List.of("a:1", "a:1")).faults())
                .singleElement()
                .asString()
                .contains("a:1 twice");
        assertThat(Asked.of(Product.NGINX, Mode.IP, List.of()).faults())
                .singleElement()
                .asString()
                .contains("--nodes has 0");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(Asked.of(Product.NGINX, Mode.IP, List.of("x"))
                        .trusted("y")
                        .listen("z")
                        .version("0.1")
                        .tls(Optional.of("a b"))
                        .faults())
                .hasSize(5);
    }
}
