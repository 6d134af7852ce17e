package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.RedisOfClass;
import io.collabcluster.engineio.Client;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.LogLines;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients whose polls are all alike, by way of several nodes: has the last answer arrived, or does a library ask again? */
class RelayingNodesTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(50);
    private static final String UNKNOWN = "{\"code\":1,\"message\":\"Session ID unknown\"}";
    private static final String BAD_REQUEST = "{\"code\":3,\"message\":\"Bad request\"}";

    @RegisterExtension
    static final RedisOfClass REDIS = new RedisOfClass();

    private final HttpClient http = newClient();
    /** That of a node on whose behalf the test sends polls on. */
    private final HttpClient relaying = newClient();

    private final List<AutoCloseable> nodes = new ArrayList<>();

    private static HttpClient newClient() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterEach
    void close() throws Exception {
        http.shutdownNow();
        relaying.shutdownNow();
        for (AutoCloseable node : nodes) {
            node.close();
        }
    }

    /** Its connections are still open to those that it has asked: there, nothing is to be seen of its end yet. */
    @Test
    void aPollThatOvertakesTheNewsOfANodesDeathIsNotTakenForTheNext() {
        var owner = node(SOON);
        var edge = node(SOON);
        var other = node(SOON);
        String sid = polledThrough(edge, owner);
        String another = polledThrough(edge, owner);
        TestRegistry.await(edge.internal.close());
        assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
        assertThat(get(other, another)).isEqualTo(BAD_REQUEST);
        assertThat(get(owner, sid)).isEqualTo(UNKNOWN);
        assertThat(get(owner, another)).isEqualTo(UNKNOWN);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR, CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void aNodeThatLivesCostsNoSession() {
        var owner = node(SOON);
        var edge = node(SOON);
        var other = node(SOON);
        String sid = open(owner);
        for (int i = 0; i < 3; i++) {
            for (ForwardingNode way : List.of(edge, other, owner)) {
                assertThat(post(owner, sid, "4news")).isEqualTo("ok");
                assertThat(get(way, sid)).isEqualTo("4news");
            }
        }
        assertThat(owner.ended).isEmpty();
        // Each is asked when the next poll comes by another way, and nobody after an answer that went straight.
        assertThat(edge.arrivals).hasSize(3);
        assertThat(other.arrivals).hasSize(3);
    }

    @Test
    void whoKeepsHisWayOrTellsHisPollsApartCostsNoRequestMore() {
        var owner = node(SOON);
        var edge = node(SOON);
        var other = node(SOON);
        String faithful = open(owner);
        String distinct = open(owner);
        for (int i = 0; i < 3; i++) {
            for (ForwardingNode way : List.of(edge, other, owner)) {
                assertThat(post(owner, distinct, "4news")).isEqualTo("ok");
                assertThat(get(way, distinct + "&t=" + i + way.port())).isEqualTo("4news");
            }
            assertThat(post(owner, faithful, "4news")).isEqualTo("ok");
            assertThat(get(edge, faithful)).isEqualTo("4news");
        }
        assertThat(owner.ended).isEmpty();
        assertThat(edge.arrivals).isEmpty();
        assertThat(other.arrivals).isEmpty();
    }

    @Test
    void aNodeThatDoesNotAnswerInTimeIsTakenForGone() {
        var owner = node(AT_ONCE);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void aRegisteredNodeThatDoesNotAnswerIsNamedInTheLogAndNotEachTime() {
        var owner = node(AT_ONCE);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        String another = polledThrough(relay, owner);
        String unknown = open(owner);
        assertThat(post(owner, unknown, "4hello")).isEqualTo("ok");
        assertThat(getThrough("nobody", owner, unknown)).isEqualTo("4hello");
        try (var log = new LogLines(RelayingNodes.class)) {
            assertThat(get(owner, unknown)).isEqualTo(BAD_REQUEST);
            assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
            assertThat(get(owner, another)).isEqualTo(BAD_REQUEST);
            String named = "Node " + relay.member.registry.id() + " at " + relay.member.address + " is registered";
            assertThat(log.all()).filteredOn(line -> line.startsWith("WARN")).satisfiesExactly(line -> assertThat(line)
                    .startsWith("WARN " + named));
        }
    }

    @Test
    void aNodeThatHasStartedAgainDoesNotHaveWhatItHad() {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.answer("another process");
        assertThat(poll.join()).isEqualTo(BAD_REQUEST);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void aNodeThatNobodyKnowsIsTakenForGone() {
        var owner = node(SOON);
        String sid = open(owner);
        assertThat(post(owner, sid, "4hello")).isEqualTo("ok");
        assertThat(getThrough("nobody", owner, sid)).isEqualTo("4hello");
        assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void aPollIsServedOnceItIsKnownThatTheNodeLives() {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.awaitQuestion();
        assertThat(post(owner, sid, "4more")).isEqualTo("ok");
        assertThat(poll).isNotDone();
        relay.answer(relay.member.uid);
        assertThat(poll.join()).isEqualTo("4more");
    }

    @Test
    void aSecondPollMeanwhileEndsTheSession() {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.awaitQuestion();
        assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
        assertThat(poll.join()).isEqualTo(UNKNOWN);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR);
        relay.answer(relay.member.uid);
        assertThat(get(owner, sid)).isEqualTo(UNKNOWN);
    }

    @Test
    void theNewsOfTheNodesDeathMeanwhileEndsTheSession() {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.awaitQuestion();
        relaying.shutdownNow();
        assertThat(poll.join()).isEqualTo(UNKNOWN);
        assertThat(owner.ended).containsExactly(CloseReason.TRANSPORT_ERROR);
    }

    @Test
    void aClientThatGoesAwayMeanwhileEndsItsSession() {
        var owner = node(SOON);
        var relay = new AskedNode();
        getAsync(owner, polledThrough(relay, owner));
        relay.awaitQuestion();
        http.shutdownNow();
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.TRANSPORT_ERROR)));
    }

    @Test
    void whatAClosedSessionHasLeftWaitsForTheAnswer() {
        var owner = node(SOON);
        var relay = new AskedNode();
        var poll = getAsync(owner, polledThrough(relay, owner));
        relay.awaitQuestion();
        var session = owner.sessions.getFirst();
        session.loop().execute(() -> {
            ForwardingNode.send(session, "bye");
            session.close(CloseReason.FORCED_SERVER_CLOSE);
        });
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.FORCED_SERVER_CLOSE)));
        assertThat(poll).isNotDone();
        relay.answer(relay.member.uid);
        assertThat(poll.join()).isEqualTo("4bye\u001e1");
    }

    @Test
    void aSecondPollEndsAClosedSessionsWaitToo() {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.awaitQuestion();
        var session = owner.sessions.getFirst();
        session.loop().execute(() -> session.close(CloseReason.FORCED_SERVER_CLOSE));
        await().atMost(SOON).until(() -> owner.ended.equals(List.of(CloseReason.FORCED_SERVER_CLOSE)));
        assertThat(get(owner, sid)).isEqualTo(BAD_REQUEST);
        relay.answer(relay.member.uid);
        assertThat(poll.join()).isEqualTo(UNKNOWN);
    }

    @Test
    void aPollThatWaitsWhileTheSessionMovesToAWebSocketIsFreed() throws Exception {
        var owner = node(SOON);
        var relay = new AskedNode();
        String sid = polledThrough(relay, owner);
        var poll = getAsync(owner, sid);
        relay.awaitQuestion();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        var connected = relay.member
                .vertx
                .createWebSocketClient()
                .connect(owner.port(), "127.0.0.1", path("websocket", sid))
                .onSuccess(socket -> socket.textMessageHandler(received::add));
        TestRegistry.await(connected);
        WebSocket socket = connected.result();
        socket.writeTextMessage("2probe");
        assertThat(received.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("3probe");
        socket.writeTextMessage("5");
        socket.writeTextMessage("4moved");
        assertThat(received.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("4moved");
        relay.answer(relay.member.uid);
        assertThat(poll.join()).isEqualTo("6");
        assertThat(owner.ended).isEmpty();
    }

    private ForwardingNode node(Duration patience) {
        var node =
                new ForwardingNode(REDIS.get(), EngineOptions.DEFAULTS, Optional.empty(), Optional.empty(), patience);
        nodes.add(node);
        return node;
    }

    /** A new session, whose last answer went that way. */
    private String polledThrough(ForwardingNode way, ForwardingNode owner) {
        String sid = open(owner);
        assertThat(post(owner, sid, "4hello")).isEqualTo("ok");
        assertThat(get(way, sid)).isEqualTo("4hello");
        return sid;
    }

    private String polledThrough(AskedNode way, ForwardingNode owner) {
        String sid = open(owner);
        assertThat(post(owner, sid, "4hello")).isEqualTo("ok");
        assertThat(getThrough(way.member.uid, owner, sid)).isEqualTo("4hello");
        return sid;
    }

    private String getThrough(String uid, ForwardingNode owner, String sid) {
        String uri = path("polling", sid);
        var headers = MultiMap.caseInsensitiveMultiMap();
        Proof.of(owner.member.secret, owner.member.registry.id(), HttpMethod.GET, uri, new Client("127.0.0.1", false))
                .orElseThrow()
                .put(headers);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + owner.internal.port() + uri));
        headers.forEach(header -> request.header(header.getKey(), header.getValue()));
        return send(relaying, request.header(Forwarded.RELAY, uid)).join();
    }

    private static String path(String transport, String sid) {
        return "/socket.io/?EIO=4&transport=" + transport + "&sid=" + sid;
    }

    private String open(ForwardingNode node) {
        var uri = URI.create("http://127.0.0.1:" + node.port() + "/socket.io/?EIO=4&transport=polling");
        String body = send(http, HttpRequest.newBuilder(uri)).join();
        int start = body.indexOf("\"sid\":\"") + 7;
        return body.substring(start, start + 20);
    }

    private String get(ForwardingNode node, String sid) {
        return getAsync(node, sid).join();
    }

    private CompletableFuture<String> getAsync(ForwardingNode node, String sid) {
        return send(http, request(node, sid));
    }

    private String post(ForwardingNode node, String sid, String body) {
        return send(http, request(node, sid).POST(BodyPublishers.ofString(body)))
                .join();
    }

    private static HttpRequest.Builder request(ForwardingNode node, String sid) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path("polling", sid)));
    }

    private static CompletableFuture<String> send(HttpClient client, HttpRequest.Builder request) {
        return client.sendAsync(request.timeout(SOON).build(), BodyHandlers.ofString())
                .thenApply(answer -> answer.body());
    }

    /** A registered node of which the test decides when, and what, it says to whoever asks. */
    private final class AskedNode implements AutoCloseable {

        private final TestRegistry member = new TestRegistry(
                REDIS.get().port(), ForwardingNode.NAMES, TestRegistry.STEADY, Optional.empty(), Clock.systemUTC());

        private final CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();

        AskedNode() {
            nodes.add(this);
            var server = member.vertx.createHttpServer().requestHandler(asked::complete);
            TestRegistry.await(server.listen(0, "127.0.0.1"));
            member.address.set("127.0.0.1:" + server.actualPort());
            member.start();
        }

        HttpServerRequest awaitQuestion() {
            return asked.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join();
        }

        void answer(String uid) {
            awaitQuestion().response().end(uid);
        }

        @Override
        public void close() {
            member.close();
        }
    }
}
