package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.RedisOfClass;
import io.collabcluster.cluster.node.ForwardMetrics.Outcome;
import io.collabcluster.config.Certificates;
import io.collabcluster.engineio.Client;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.NodeId;
import io.collabcluster.engineio.ProxyOptions;
import io.collabcluster.engineio.Subnet;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ForwardingTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final String CLOSED = "<closed>";

    @RegisterExtension
    static final RedisOfClass REDIS = new RedisOfClass();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<ForwardingNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        http.shutdownNow();
        nodes.forEach(ForwardingNode::close);
    }

    @Test
    void aSessionIsServedThroughAnyNode() {
        var owner = node();
        var edge = node();
        String sid = open(owner);

        assertThat(post(edge, sid, "4hello").body()).isEqualTo("ok");
        assertThat(get(edge, sid).body()).isEqualTo("4hello");
        assertThat(post(owner, sid, "4again").body()).isEqualTo("ok");
        assertThat(get(edge, sid).body()).isEqualTo("4again");
        assertThat(sid).startsWith(owner.member.registry.id().text());
        assertThat(edge.sessions).isEmpty();
        assertThat(edge.metrics.count(Outcome.ANSWERED)).isEqualTo(3);
    }

    @Test
    void aPollWaitsAtItsOwner() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        var poll = getAsync(edge, sid);
        await().atMost(SOON).until(() -> !owner.arrivals.isEmpty());
        assertThat(edge.metrics.underWay()).isEqualTo(1);
        var session = owner.sessions.getFirst();
        session.loop().execute(() -> ForwardingNode.send(session, "news"));
        assertThat(poll.join().body()).isEqualTo("4news");
        await().atMost(SOON).until(() -> edge.metrics.underWay() == 0);
    }

    @Test
    void aBodyOfTheLargestSizeArrivesWhole() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        String large = "4" + "x".repeat(999_999);
        assertThat(post(edge, sid, large).body()).isEqualTo("ok");
        assertThat(get(edge, sid).body()).isEqualTo(large);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedByItsOwner() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        var answer = post(edge, sid, "4" + "x".repeat(4_000_000));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("maxPayload");
    }

    @Test
    void aSessionUpgradesThroughAnotherNode() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        var socket = webSocket(edge, sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        socket.send("4hello");
        assertThat(socket.next()).isEqualTo("4hello");
        assertThat(edge.metrics.count(Outcome.TUNNELLED)).isEqualTo(1);
        assertThat(edge.metrics.tunnels()).isEqualTo(1);
        await().atMost(SOON).until(() -> edge.metrics.underWay() == 1);
        socket.webSocket.sendClose(1000, "");
        await().atMost(SOON).until(() -> edge.metrics.underWay() == 0);
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.TRANSPORT_CLOSE)));
    }

    @Test
    void muchGoesBothWaysThroughATunnelInOrder() {
        var owner = node();
        var edge = node();
        var socket = upgraded(owner, edge);
        String padding = "x".repeat(10_000);
        for (int i = 0; i < 1_000; i++) {
            socket.send("4" + i + padding);
            assertThat(socket.next()).isEqualTo("4" + i + padding);
        }
    }

    @Test
    void whatAClientDoesNotReadWaitsAtTheOwnerAndNotInTheTunnel() throws Exception {
        var owner = node();
        var edge = node();
        var socket = upgraded(owner, edge);
        socket.reading = false;
        var session = owner.sessions.getFirst();
        String megabyte = "x".repeat(1 << 20);
        // The owner has a bound of 1 MB, and the kernel's buffers: that it is reached shows that the tunnel does not
        // take it all.
        for (int i = 0; i < 200 && owner.ended.isEmpty(); i++) {
            var sent = new CompletableFuture<Void>();
            session.loop().execute(() -> {
                ForwardingNode.send(session, megabyte);
                sent.complete(null);
            });
            sent.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.SLOW_CONSUMER)));
    }

    @Test
    void anUpgradeThatTheOwnerRefusesIsRefused() {
        var owner = node();
        var edge = node();
        upgraded(owner, edge);
        String sid = owner.sessions.getFirst().id();
        assertThatThrownBy(() -> webSocket(edge, sid)).hasMessageContaining("400");
    }

    @Test
    void anOwnerThatDiedIsAnUnknownSession() {
        var owner = node();
        var edge = node();
        awaitEachOther(owner, edge);
        String sid = open(owner);
        owner.kill();
        var answer = get(edge, sid);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(UNKNOWN);
        assertThat(post(edge, sid, "4hello").body()).isEqualTo(UNKNOWN);
        assertThatThrownBy(() -> webSocket(edge, sid)).hasMessageContaining("400");
        assertThat(edge.metrics.count(Outcome.UNREACHABLE)).isEqualTo(3);
        assertThat(edge.metrics.underWay()).isZero();
    }

    @Test
    void anOwnerThatDiesDuringAPollIsAnUnknownSession() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        var poll = getAsync(edge, sid);
        await().atMost(SOON).until(() -> !owner.arrivals.isEmpty());
        owner.kill();
        assertThat(poll.join().body()).isEqualTo(UNKNOWN);
    }

    /** A client's library or a balancer may ask again, elsewhere and unasked, and what was in the answer would be missing. */
    @Test
    void anAnswerThatWentThroughANodeThatDiesIsNotTakenAsReceived() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        assertThat(post(owner, sid, "4hello").body()).isEqualTo("ok");
        assertThat(get(edge, sid).body()).isEqualTo("4hello");
        edge.kill();
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.TRANSPORT_ERROR)));
        assertThat(get(owner, sid).body()).isEqualTo(UNKNOWN);
    }

    @Test
    void whoHasAskedAgainStaysWhenANodeDiesThatHePassedBefore() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        String other = open(owner);
        assertThat(post(owner, sid, "4hello").body()).isEqualTo("ok");
        assertThat(post(owner, other, "4hello").body()).isEqualTo("ok");
        assertThat(get(edge, sid).body()).isEqualTo("4hello");
        assertThat(post(owner, sid, "4again").body()).isEqualTo("ok");
        assertThat(get(owner, sid).body()).isEqualTo("4again");
        assertThat(get(edge, other).body()).isEqualTo("4hello");
        edge.kill();
        await().atMost(SOON).until(() -> !owner.ended.isEmpty());
        assertThat(get(owner, other).body()).isEqualTo(UNKNOWN);
        assertThat(post(owner, sid, "4here").body()).isEqualTo("ok");
        assertThat(get(owner, sid).body()).isEqualTo("4here");
    }

    @Test
    void theDeathOfTheOwnerEndsItsTunnels() {
        var owner = node();
        var edge = node();
        var socket = upgraded(owner, edge);
        owner.kill();
        assertThat(socket.next()).isEqualTo(CLOSED);
        await().atMost(SOON).until(() -> edge.metrics.tunnels() == 0);
    }

    @Test
    void aClientThatGoesAwayDuringAPollEndsItsSession() {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        var poll = getAsync(edge, sid);
        await().atMost(SOON).until(() -> !owner.arrivals.isEmpty());
        http.shutdownNow();
        assertThatThrownBy(poll::join);
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.TRANSPORT_ERROR)));
        assertThat(edge.metrics.count(Outcome.ABORTED)).isEqualTo(1);
        assertThat(edge.metrics.underWay()).isZero();
    }

    @Test
    void aClientThatGoesAwayBeforeItsUpgradeIsAnsweredIsNotKeptAtTheOwner() throws Exception {
        var edge = node();
        var asked = new CompletableFuture<Void>();
        var left = new CompletableFuture<Void>();
        try (var silent = new TestRegistry(
                REDIS.get().port(),
                ForwardingNode.NAMES,
                TestRegistry.STEADY,
                Optional.empty(),
                Clock.systemUTC(),
                Optional.empty())) {
            var server = silent.vertx.createNetServer().connectHandler(socket -> {
                socket.handler(_ -> asked.complete(null));
                socket.closeHandler(_ -> left.complete(null));
            });
            TestRegistry.await(server.listen(0, "127.0.0.1"));
            silent.address.set("127.0.0.1:" + server.actualPort());
            silent.start();
            try (var client = new Socket("127.0.0.1", edge.port())) {
                write(
                        client,
                        "GET " + path(silent.registry.id() + "AAAAAAAAAAAAAAAA", "websocket"),
                        "Connection: Upgrade",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
                asked.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
            left.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(edge.metrics.count(Outcome.ABORTED)).isEqualTo(1);
            assertThat(edge.metrics.underWay()).isZero();
        }
    }

    @Test
    void whatAConnectionNamesAsItsOwnStaysWithIt() throws Exception {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        try (var client = new Socket("127.0.0.1", edge.port())) {
            client.setSoTimeout((int) SOON.toMillis());
            write(
                    client,
                    "POST " + path(sid, "polling"),
                    "Connection: keep-alive, x-hop",
                    "Connection: Collab-Proof",
                    "X-Hop: 1",
                    "X-Kept: 1",
                    "Content-Length: 2",
                    "Content-Type: text/plain");
            client.getOutputStream().write("4x".getBytes(StandardCharsets.US_ASCII));
            assertThat(readUntil(client, "ok")).startsWith("HTTP/1.1 200");
        }
        var headers = owner.arrivals.getFirst().headers();
        assertThat(headers.contains("X-Kept")).isTrue();
        assertThat(headers.contains("X-Hop")).isFalse();
    }

    @Test
    void onlyAWebSocketIsUpgradedTo() throws Exception {
        var owner = node();
        var edge = node();
        String sid = open(owner);
        post(owner, sid, "4hello");
        try (var client = new Socket("127.0.0.1", edge.port())) {
            client.setSoTimeout((int) SOON.toMillis());
            write(client, "GET " + path(sid, "polling"), "Connection: Upgrade", "Upgrade: other");
            assertThat(readUntil(client, "4hello")).startsWith("HTTP/1.1 200");
        }
        assertThat(owner.arrivals.getFirst().headers().contains("Upgrade")).isFalse();
    }

    private static String path(String sid, String transport) {
        return "/socket.io/?EIO=4&transport=" + transport + "&sid=" + sid + " HTTP/1.1";
    }

    private static String readUntil(Socket from, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0 || !read.toString().endsWith(end)) {
            int next = from.getInputStream().read();
            assertThat(next).as(read.toString()).isNotNegative();
            read.append((char) next);
        }
        return read.toString();
    }

    private static void write(Socket to, String... lines) throws IOException {
        String head = String.join("\r\n", lines) + "\r\nHost: localhost\r\n\r\n";
        to.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aClientThatDiesEndsItsTunnel() {
        var owner = node();
        var edge = node();
        var socket = upgraded(owner, edge);
        socket.webSocket.abort();
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.TRANSPORT_CLOSE)));
        await().atMost(SOON).until(() -> edge.metrics.tunnels() == 0);
    }

    @Test
    void aNodeThatDrainsClosesTheTunnelsThroughIt() {
        var owner = node();
        var edge = node();
        var first = upgraded(owner, edge);
        var second = upgraded(owner, edge);
        edge.forwarding.drain(Duration.ofMillis(100));
        assertThat(first.next()).isEqualTo(CLOSED);
        assertThat(second.next()).isEqualTo(CLOSED);
    }

    @Test
    void aSessionOfNoLiveNodeIsUnknown() {
        var edge = node();
        var answer = get(edge, otherId(edge) + "AAAAAAAAAAAAAAAA");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(UNKNOWN);
        assertThat(edge.metrics.count(Outcome.NO_OWNER)).isEqualTo(1);
    }

    @Test
    void whatIsNoSessionIdOrNamesThisNodeIsUnknownHere() {
        var edge = node();
        for (String sid :
                List.of("x", "AAAA", edge.member.registry.id() + "AAAAAAAAAAAAAAAA", "..AAAAAAAAAAAAAAAAAA")) {
            assertThat(get(edge, sid).body()).isEqualTo(UNKNOWN);
            assertThat(post(edge, sid, "4x").body()).isEqualTo(UNKNOWN);
        }
        assertThat(edge.metrics.count(Outcome.NO_OWNER)).isZero();
    }

    @Test
    void aNodeThatHasJustJoinedIsFoundAtOnce() {
        var edge = node();
        for (int i = 0; i < 5; i++) {
            var owner = node();
            String sid = open(owner);
            assertThat(post(edge, sid, "4hello").body()).isEqualTo("ok");
        }
    }

    @Test
    void aForwardedRequestIsNotForwardedAgain() {
        var a = node();
        var b = node();
        awaitEachOther(a, b);
        String sid = open(b);
        // To a, with a good proof, for a session of b's.
        var answer = internally(a, a.member.registry.id(), sid, a.member.secret);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(UNKNOWN);
        assertThat(b.arrivals).isEmpty();
    }

    @Test
    void whoProvesNothingIsServedNothing() {
        var a = node();
        String sid = open(a);
        for (String path : List.of(
                "/socket.io/?EIO=4&transport=polling&sid=" + sid,
                "/socket.io/?EIO=4&transport=polling",
                "/status",
                "/")) {
            var answer = send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + a.internal.port() + path)));
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("only the nodes of this cluster");
        }
        assertThat(a.arrivals).isEmpty();
        assertThat(a.metrics.count(Outcome.UNPROVEN)).isEqualTo(4);
    }

    @Test
    void aProofHoldsForOneNodeOneSessionAndOneSecret() {
        var a = node();
        var id = a.member.registry.id();
        String sid = open(a);
        var secret = a.member.secret;
        assertThat(internally(a, id, "POST", "/socket.io/?EIO=4&transport=polling&sid=" + sid, sid, secret)
                        .statusCode())
                .isEqualTo(401);
        assertThat(internally(a, new NodeId(otherId(a)), sid, secret).statusCode())
                .isEqualTo(401);
        assertThat(internally(a, id, sid, new NodeSecret(Optional.of("another secret of the nodes, 32 long")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(internally(a, id, "GET", "/socket.io/?EIO=4&transport=polling&sid=other", sid, secret)
                        .statusCode())
                .isEqualTo(401);
        assertThat(a.arrivals).isEmpty();
    }

    @Test
    void nodesWithDifferentSecretsDoNotServeEachOther() {
        var owner = node(EngineOptions.DEFAULTS, Optional.of("a secret that is long enough for it"), Optional.empty());
        var edge = node(EngineOptions.DEFAULTS, Optional.of("a secret that the other doesn't know"), Optional.empty());
        String sid = open(owner);
        assertThat(get(edge, sid).body()).isEqualTo(UNKNOWN);
        assertThatThrownBy(() -> webSocket(edge, sid)).hasMessageContaining("400");
        assertThat(owner.arrivals).isEmpty();
    }

    @Test
    void whoFindsItselfAtAnothersAddressIsToldSo() {
        var edge = node();
        try (var lost = new TestRegistry(
                        REDIS.get().port(),
                        ForwardingNode.NAMES,
                        TestRegistry.STEADY,
                        Optional.empty(),
                        Clock.systemUTC(),
                        Optional.empty());
                var other = new TestRegistry(
                        REDIS.get().port(),
                        ForwardingNode.NAMES,
                        TestRegistry.STEADY,
                        Optional.empty(),
                        Clock.systemUTC(),
                        Optional.empty())) {
            lost.address.set(edge.member.address.get());
            lost.start();
            other.start();
            assertThat(get(edge, lost.registry.id() + "AAAAAAAAAAAAAAAA").body())
                    .isEqualTo(UNKNOWN);
            assertThat(edge.metrics.count(Outcome.UNPROVEN)).isEqualTo(1);
            var client =
                    new NodeClient(edge.member.vertx, edge.member.registry, edge.member.secret, Duration.ofSeconds(1));
            assertThat(client.complaint(
                            edge.member.registry.find(lost.registry.id()).orElseThrow()))
                    .contains("finds itself", "cluster.address");
            TestRegistry.await(edge.member.registry.look());
            assertThat(client.complaint(
                            edge.member.registry.find(other.registry.id()).orElseThrow()))
                    .contains("cluster.secret");
        }
    }

    @Test
    void nodesWithOneConfiguredSecretKeepNoneInRedis() {
        var secret = Optional.of("a secret that is long enough for it");
        var owner = node(EngineOptions.DEFAULTS, secret, Optional.empty());
        var edge = node(EngineOptions.DEFAULTS, secret, Optional.empty());
        String sid = open(owner);
        assertThat(post(edge, sid, "4hello").body()).isEqualTo("ok");
        assertThat(REDIS.get().command("EXISTS", ForwardingNode.NAMES.stored("nodes:secret")))
                .isEqualTo(0L);
    }

    @Test
    void theOwnerSeesTheClientAsTheEdgeDid() {
        var trusting = with(
                o -> o,
                Optional.empty(),
                new ProxyOptions(List.of(Subnet.parse("127.0.0.1/32").orElseThrow()), false));
        var owner = node(EngineOptions.DEFAULTS, Optional.empty(), Optional.empty());
        var edge = node(trusting, Optional.empty(), Optional.empty());
        String sid = open(owner);
        var request = request(edge, sid)
                .header("X-Forwarded-For", "203.0.113.7")
                .header("X-Forwarded-Proto", "https")
                .header("X-Mine", "kept")
                .header("Collab-Client", "198.51.100.1")
                .header("Collab-Proof", "forged")
                .POST(BodyPublishers.ofString("4hello"));
        assertThat(send(request).body()).isEqualTo("ok");
        var arrival = owner.arrivals.getFirst();
        assertThat(arrival.address()).isEqualTo("203.0.113.7");
        assertThat(arrival.scheme()).isEqualTo("https");
        assertThat(arrival.headers().get("X-Mine")).isEqualTo("kept");
        assertThat(arrival.headers().get("Host")).isEqualTo("127.0.0.1:" + edge.port());
        assertThat(arrival.headers().names())
                .noneMatch(name -> name.toLowerCase().startsWith("collab-"));
    }

    @Test
    void aCrossOriginAnswerIsGivenOnce() {
        var cors = new EngineOptions.Cors(
                List.of("https://app.example.com"),
                false,
                EngineOptions.Cors.DEFAULTS.methods(),
                List.of(),
                List.of(),
                true,
                Optional.empty(),
                false,
                204);
        var options = with(o -> o, Optional.of(cors), ProxyOptions.NONE);
        var owner = node(options, Optional.empty(), Optional.empty());
        var edge = node(options, Optional.empty(), Optional.empty());
        String sid = open(owner);
        var headers = send(request(edge, sid)
                        .header("Origin", "https://app.example.com")
                        .POST(BodyPublishers.ofString("4hello")))
                .headers();
        assertThat(headers.allValues("Access-Control-Allow-Origin")).containsExactly("https://app.example.com");
        assertThat(headers.allValues("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(headers.allValues("Vary")).containsExactly("Origin");
        assertThat(headers.allValues("Content-Type")).hasSize(1);
        assertThat(headers.allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void nodesKnowEachOthersCertificates(@TempDir Path folder) {
        var owner = node(EngineOptions.DEFAULTS, Optional.empty(), Optional.of(key(folder, "owner")));
        var edge = node(EngineOptions.DEFAULTS, Optional.empty(), Optional.of(key(folder, "edge")));
        String sid = open(owner);
        assertThat(post(edge, sid, "4hello").body()).isEqualTo("ok");
        var socket = webSocket(edge, sid);
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
    }

    @Test
    void aCertificateThatNoNodeHasNamedIsNotTrusted(@TempDir Path folder) {
        var owner = node(EngineOptions.DEFAULTS, Optional.empty(), Optional.of(key(folder, "owner")));
        var edge = node();
        String sid = open(owner);
        owner.member.certificate.set(Optional.of("00".repeat(32)));
        owner.member.registry.changed();
        await().atMost(SOON).until(() -> edge.member
                .registry
                .find(owner.member.registry.id())
                .flatMap(NodeRecord::certificate)
                .filter(hash -> hash.startsWith("0000"))
                .isPresent());
        assertThat(post(edge, sid, "4hello").body()).isEqualTo(UNKNOWN);
        assertThat(owner.arrivals).isEmpty();
    }

    private static KeyCertOptions key(Path folder, String name) {
        var made = Certificates.make(folder, name, "RSA");
        return new PfxOptions().setPath(made.keystore().toString()).setPassword(made.passphrase());
    }

    private ForwardingNode node() {
        return node(EngineOptions.DEFAULTS, Optional.empty(), Optional.empty());
    }

    private ForwardingNode node(EngineOptions options, Optional<String> secret, Optional<KeyCertOptions> tls) {
        var node = new ForwardingNode(REDIS.get(), options, secret, tls);
        nodes.add(node);
        return node;
    }

    private static EngineOptions with(
            UnaryOperator<EngineOptions> change, Optional<EngineOptions.Cors> cors, ProxyOptions proxy) {
        var o = change.apply(EngineOptions.DEFAULTS);
        return new EngineOptions(
                o.path(),
                o.addTrailingSlash(),
                o.transports(),
                o.allowUpgrades(),
                o.upgradeTimeout(),
                o.pingInterval(),
                o.pingTimeout(),
                o.maxHttpBufferSize(),
                o.perMessageDeflateThreshold(),
                o.httpCompressionThreshold(),
                o.cookie(),
                cors,
                o.limits(),
                proxy);
    }

    private static void awaitEachOther(ForwardingNode a, ForwardingNode b) {
        await().atMost(SOON)
                .until(() -> a.member.sees().contains(b.member.uid)
                        && b.member.sees().contains(a.member.uid));
    }

    private static String otherId(ForwardingNode node) {
        return node.member.registry.id().text().equals("AAAA") ? "BBBB" : "AAAA";
    }

    private HttpRequest.Builder request(ForwardingNode node, String sid) {
        return HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + node.port() + "/socket.io/?EIO=4&transport=polling&sid=" + sid))
                .timeout(SOON);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    private String open(ForwardingNode node) {
        String body = send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + node.port() + "/socket.io/?EIO=4&transport=polling")))
                .body();
        int start = body.indexOf("\"sid\":\"") + 7;
        return body.substring(start, start + 20);
    }

    private HttpResponse<String> get(ForwardingNode node, String sid) {
        return send(request(node, sid));
    }

    private CompletableFuture<HttpResponse<String>> getAsync(ForwardingNode node, String sid) {
        return http.sendAsync(request(node, sid).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(ForwardingNode node, String sid, String body) {
        return send(request(node, sid).POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> internally(ForwardingNode at, NodeId target, String sid, NodeSecret secret) {
        return internally(at, target, "GET", "/socket.io/?EIO=4&transport=polling&sid=" + sid, sid, secret);
    }

    /** With a proof for a GET of the session. */
    private HttpResponse<String> internally(
            ForwardingNode at, NodeId target, String method, String uri, String sid, NodeSecret secret) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        Proof.of(
                        secret,
                        target,
                        HttpMethod.GET,
                        "/socket.io/?EIO=4&transport=polling&sid=" + sid,
                        new Client("127.0.0.1", false))
                .orElseThrow()
                .put(headers);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.internal.port() + uri))
                .timeout(SOON)
                .method(method, BodyPublishers.noBody());
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return send(request);
    }

    private Received upgraded(ForwardingNode owner, ForwardingNode edge) {
        var socket = webSocket(edge, open(owner));
        socket.send("2probe");
        assertThat(socket.next()).isEqualTo("3probe");
        socket.send("5");
        socket.send("4ready");
        assertThat(socket.next()).isEqualTo("4ready");
        return socket;
    }

    private Received webSocket(ForwardingNode node, String sid) {
        var received = new Received();
        try {
            received.webSocket = http.newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + node.port() + "/socket.io/?EIO=4&transport=websocket&sid="
                                    + sid),
                            received)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof java.net.http.WebSocketHandshakeException refused) {
                throw new IllegalStateException(
                        "status " + refused.getResponse().statusCode(), e);
            }
            throw e;
        }
        return received;
    }

    private static final class Received implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean reading = true;
        private WebSocket webSocket;

        void send(String message) {
            webSocket.sendText(message, true).join();
        }

        String next() {
            try {
                String next = messages.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("nothing came");
                }
                return next;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            if (reading) {
                from.request(1);
            }
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            messages.add(CLOSED);
        }
    }
}
