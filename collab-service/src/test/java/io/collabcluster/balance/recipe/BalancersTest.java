package io.collabcluster.balance.recipe;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.balance.AgentCheck;
import io.collabcluster.cluster.FreePorts;
import io.collabcluster.status.NodeState;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** nginx and HAProxy themselves, by their recipes, in front of stand-ins for nodes. */
class BalancersTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int KEYS = 300;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final List<StandInNode> nodes = new ArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Process balancer;
    private int port;

    @BeforeEach
    void nodes() throws Exception {
        for (String id : List.of("n001", "n002", "n003", "n004")) {
            nodes.add(StandInNode.start(vertx, id));
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopBalancer();
        http.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void stopBalancer() throws InterruptedException {
        if (balancer != null) {
            balancer.destroy();
            if (!balancer.waitFor(10, TimeUnit.SECONDS)) {
                balancer.descendants().forEach(ProcessHandle::destroyForcibly);
                balancer.destroyForcibly();
            }
        }
    }

    private Asked asked(Product product, Mode mode, int count) {
        return Asked.of(
                product,
                mode,
                nodes.subList(0, count).stream().map(StandInNode::backend).toList());
    }

    private void start(Asked asked) throws Exception {
        stopBalancer();
        port = FreePorts.next();
        Product product = asked.request().product();
        balancer = BalancerBinary.of(product, folder)
                .start(asked.listen("127.0.0.1:" + port).text());
        await().atMost(SOON).until(() -> answers() || !balancer.isAlive());
        assertThat(balancer.isAlive())
                .as(Files.readString(folder.resolve("balancer.log")))
                .isTrue();
    }

    private boolean answers() throws InterruptedException {
        try {
            return get("/status").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> get(String target, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(SOON);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String node(String target, String... headers) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(target, headers);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().split(" ")[0];
    }

    private Map<String, String> nodeOfEachKey() throws Exception {
        Map<String, String> nodeOf = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            nodeOf.put("key" + i, node("/socket.io/?EIO=4&key=key" + i));
        }
        return nodeOf;
    }

    private Map<String, String> nodeOfEachAddress() throws Exception {
        Map<String, String> nodeOf = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            String address = "203.0." + i / 250 + "." + (1 + i % 250);
            nodeOf.put(address, node("/socket.io/", "X-Forwarded-For", address));
        }
        return nodeOf;
    }

    private static void assertAboutAFourthMoved(Map<String, String> before, Map<String, String> after) {
        long moved = before.keySet().stream()
                .filter(key -> !before.get(key).equals(after.get(key)))
                .count();
        // 1/(N+1) with N = 3; a ring of hashes isn't as even as it could be.
        assertThat(moved / (double) KEYS).isBetween(0.1, 0.42);
        before.forEach((key, node) -> assertThat(after.get(key)).isIn(node, "n004"));
    }

    @ParameterizedTest
    @EnumSource
    void aKeyStaysOnItsNodeAndANodeMoreMovesItsShare(Product product) throws Exception {
        start(asked(product, Mode.KEY, 3));
        Map<String, String> before = nodeOfEachKey();
        assertThat(nodeOfEachKey()).isEqualTo(before);
        assertThat(new HashSet<>(before.values())).hasSize(3);

        start(asked(product, Mode.KEY, 4));
        assertAboutAFourthMoved(before, nodeOfEachKey());
    }

    @ParameterizedTest
    @EnumSource
    void clientsBehindABalancerInFrontAreSpreadByTheirOwnAddresses(Product product) throws Exception {
        start(asked(product, Mode.IP, 3).trusted("127.0.0.1"));
        Map<String, String> before = nodeOfEachAddress();
        assertThat(nodeOfEachAddress()).isEqualTo(before);
        assertThat(new HashSet<>(before.values())).hasSize(3);

        start(asked(product, Mode.IP, 4).trusted("127.0.0.1"));
        assertAboutAFourthMoved(before, nodeOfEachAddress());
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserStaysOnItsNodeByTheCookie(Product product) throws Exception {
        start(asked(product, Mode.COOKIE, 3));
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            HttpResponse<String> first = get("/socket.io/");
            String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith("collab_node=").contains("HttpOnly", "SameSite=Lax");
            String node = first.body().split(" ")[0];
            used.add(node);
            for (int j = 0; j < 4; j++) {
                HttpResponse<String> next = get("/socket.io/?sid=x", "Cookie", "a=b; " + cookie.split(";")[0]);
                assertThat(next.body()).startsWith(node);
                assertThat(next.headers().firstValue("Set-Cookie")).isEmpty();
            }
        }
        assertThat(used).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIdLeadsToItsNode(Product product) throws Exception {
        start(asked(product, Mode.SID, 3));
        for (StandInNode node : nodes.subList(0, 3)) {
            for (int i = 0; i < 5; i++) {
                assertThat(node("/socket.io/?EIO=4&transport=polling&sid=" + node.id() + "0123456789abcdef"))
                        .isEqualTo(node.id());
            }
        }
        assertThat(node("/socket.io/?sid=zzzz0123456789abcdef")).startsWith("n00");
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatIsGoneIsPassedOver(Product product) throws Exception {
        for (Mode mode : Mode.values()) {
            start(asked(product, mode, 3));
            StandInNode gone = StandInNode.start(vertx, "n00" + (5 + mode.ordinal()));
            nodes.set(0, gone);
            start(asked(product, mode, 3));
            gone.close();
            for (int i = 0; i < 20; i++) {
                assertThat(node("/socket.io/?key=key" + i)).isNotEqualTo(gone.id());
            }
            String sid = gone.id() + "0123456789abcdef";
            await().atMost(SOON).until(() -> get("/socket.io/?sid=" + sid).statusCode() == 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatIsRefusedIsOpenedElsewhere(Product product) throws Exception {
        for (Mode mode : Mode.values()) {
            start(asked(product, mode, 3));
            nodes.get(0).refuse();
            for (int i = 0; i < 20; i++) {
                assertThat(node("/socket.io/?EIO=4&key=key" + i)).isNotEqualTo("n001");
            }
            // It isn't taken as failed: what it has goes on.
            assertThat(nodes.get(0).id()).isEqualTo("n001");
            if (mode == Mode.SID) {
                assertThat(node("/socket.io/?sid=n0010123456789abcdef")).isEqualTo("n001");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whenAllRefuseTheClientGetsTheirReasonAndSessionsGoOn(Product product) throws Exception {
        start(asked(product, Mode.COOKIE, 3));
        nodes.forEach(StandInNode::refuse);
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> refused = get("/socket.io/?EIO=4");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("refused");
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(node("/socket.io/?EIO=4&sid=x")).startsWith("n00");
        }
    }

    @ParameterizedTest
    @EnumSource
    void webSocketsPass(Product product) throws Exception {
        List<Asked> all = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            all.add(asked(product, mode, 3));
        }
        all.add(asked(product, Mode.IP, 3).tcp(true));
        all.add(asked(product, Mode.LEASTCONN, 3).tcp(true));
        for (Asked asked : all) {
            start(asked);
            BlockingQueue<String> received = new LinkedBlockingQueue<>();
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + port + "/socket.io/?EIO=4&transport=websocket"),
                            new Listener(received))
                    .get(20, TimeUnit.SECONDS);
            assertThat(received.poll(20, TimeUnit.SECONDS)).startsWith("n00");
            socket.sendText("hello", true).join();
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
            socket.abort();
        }
    }

    private record Listener(BlockingQueue<String> received) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            received.add(data.toString());
            socket.request(1);
            return null;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNodesGetTheClientsAddressAndNotWhatHeClaims(Product product) throws Exception {
        start(asked(product, Mode.LEASTCONN, 1));
        assertThat(get("/", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https")
                        .body())
                .isEqualTo("n001 127.0.0.1 plain");
        start(asked(product, Mode.LEASTCONN, 1).trusted("127.0.0.1", "10.0.0.0/8"));
        assertThat(get("/", "X-Forwarded-For", "203.0.113.9, 192.0.2.7, 10.0.0.5", "X-Forwarded-Proto", "https")
                        .body())
                .isEqualTo("n001 192.0.2.7 tls");
        assertThat(get("/").body()).isEqualTo("n001 127.0.0.1 plain");
    }

    @ParameterizedTest
    @EnumSource
    void connectionsThatArePassedOnSayWhoseTheyAre(Product product) throws Exception {
        nodes.set(0, StandInNode.behindProxyProtocol(vertx, "n001"));
        start(asked(product, Mode.IP, 1).tcp(true).proxyProtocol(true));
        try (var socket = new Socket()) {
            socket.bind(new InetSocketAddress("127.0.0.7", 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .endsWith("n001 127.0.0.7 plain");
        }
    }

    /** Through such a connection one could ask for everything, at one node, past all rules. */
    @ParameterizedTest
    @EnumSource
    void nobodyGetsPastTheBalancerByAnUpgradeToHttp2(Product product) throws Exception {
        start(asked(product, Mode.LEASTCONN, 1));
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /a HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                                    + "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @EnumSource
    void metricsAreNotOffered(Product product) throws Exception {
        start(asked(product, Mode.LEASTCONN, 1));
        for (String path : List.of("/q/metrics", "/%71/metrics", "/./q/metrics", "//q/metrics", "/a/../q/metrics")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void operatorsDoNotComeThisWay(Product product) throws Exception {
        start(asked(product, Mode.LEASTCONN, 1));
        for (String path : List.of("/admin/drain", "/%61dmin/shed", "/./admin/drain", "//admin/drain")) {
            assertThat(get(path).statusCode()).as(path).isIn(400, 404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theStatusIsOneNodesAndNotAllOfThem(Product product) throws Exception {
        for (Mode mode : List.of(Mode.LEASTCONN, Mode.COOKIE, Mode.SID)) {
            start(asked(product, mode, 1));
            for (String path : List.of("/status", "/%73tatus", "/status/")) {
                var answer = get(path + "?s%63ope=cluster&scope=cluster");
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.headers().firstValue("Seen-Uri").orElseThrow())
                        .startsWith("/")
                        .doesNotContain("?", "cluster");
            }
            assertThat(get("/status/ready?a=b").headers().firstValue("Seen-Uri"))
                    .contains("/status/ready?a=b");
        }
    }

    @Test
    void haproxySendsNobodyNewToANodeWhoseAgentSaysThatItDrains() throws Exception {
        Map<String, NodeState> states = new ConcurrentHashMap<>();
        int agentPort = FreePorts.next();
        for (int i = 0; i < 2; i++) {
            String id = nodes.get(i).id();
            String host = "127.0.0.1" + i;
            nodes.set(i, StandInNode.at(vertx, host, id));
            states.put(id, NodeState.RUNNING);
            new AgentCheck(vertx, () -> states.get(id), () -> 0)
                    .listen(host, agentPort)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        }
        start(asked(Product.HAPROXY, Mode.LEASTCONN, 2).agentCheck(agentPort));
        states.put("n001", NodeState.DRAINING);
        await().atMost(SOON).until(() -> nodesOfTen().equals(Set.of("n002")));
        states.put("n001", NodeState.RUNNING);
        await().atMost(SOON).until(() -> nodesOfTen().equals(Set.of("n001", "n002")));
        states.put("n002", NodeState.DRAINING);
        await().atMost(SOON).until(() -> nodesOfTen().equals(Set.of("n001")));
        states.put("n001", NodeState.PAUSED);
        states.put("n002", NodeState.PAUSED);
        await().atMost(SOON).until(() -> nodesOfTen().equals(Set.of("n001", "n002")));
    }

    private Set<String> nodesOfTen() throws Exception {
        Set<String> used = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            used.add(node("/socket.io/?EIO=4"));
        }
        return used;
    }
}
