package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.socketio.Answers;
import io.collabcluster.socketio.BroadcastAckTimeout;
import io.collabcluster.socketio.FakeSession;
import io.collabcluster.socketio.Fixture;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import io.collabcluster.socketio.SocketIoOptions;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that share a bus, in both formats. */
abstract class NodesScenario {

    private static final Names NAMES = new Names("socket.io");

    private final Format format;
    final FakeHub hub = new FakeHub();
    final Set<String> names = new CopyOnWriteArraySet<>(List.of("aaaa", "bbbb"));
    Node a;
    Node b;
    Fixture.Client ann;
    Fixture.Client bob;

    NodesScenario(Format format) {
        this.format = format;
    }

    record Node(FakeHub.FakeBus bus, RedisAdapters adapters, Fixture fixture) {
        Namespace main() {
            return fixture.server.of("/");
        }
    }

    static Node node(FakeHub hub, Format format, String name, Set<String> names, SocketIoOptions options) {
        FakeHub.FakeBus bus = hub.bus();
        var adapters = new RedisAdapters(bus, format, NAMES, new Membership() {
            @Override
            public Optional<String> self() {
                return Optional.of(name);
            }

            @Override
            public Set<String> nodes() {
                return Set.copyOf(names);
            }
        });
        return new Node(bus, adapters, new Fixture(options, adapters));
    }

    private Node node(String name) {
        return node(hub, format, name, names, Fixture.OPTIONS);
    }

    @BeforeEach
    void start() {
        a = node("aaaa");
        b = node("bbbb");
        ann = a.fixture().connect(a.fixture().one);
        bob = b.fixture().connect(b.fixture().two);
        settle();
    }

    @AfterEach
    void stop() {
        a.fixture().close();
        b.fixture().close();
        hub.close();
    }

    private void settle() {
        settle(hub, a, b);
    }

    static void settle(FakeHub hub, Node... nodes) {
        for (int i = 0; i < 3; i++) {
            hub.settle();
            for (Node node : nodes) {
                node.fixture().one.submit(() -> {}).syncUninterruptibly();
                node.fixture().two.submit(() -> {}).syncUninterruptibly();
            }
        }
    }

    List<Object> took(Fixture.Client client) {
        settle();
        return client.take();
    }

    static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void aBroadcastReachesTheSocketsOfAllNodesOnce() {
        a.main().emit("m", 1, new byte[] {1, 2}, List.of(new byte[] {3}));
        var expected = List.of(
                "52-[\"m\",1,{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]",
                FakeSession.bytes(1, 2),
                FakeSession.bytes(3));
        assertThat(took(ann)).isEqualTo(expected);
        assertThat(took(bob)).isEqualTo(expected);
        a.main().local().emit("m", 2);
        assertThat(took(ann)).containsExactly("2[\"m\",2]");
        assertThat(took(bob)).isEmpty();
    }

    @Test
    void roomsExceptionsAndNamespacesAreKept() {
        ann.joined("r");
        bob.joined("r", "quiet");
        a.main().to("r").emit("one");
        a.main().to("r", "s").except("quiet").emit("two");
        a.main().to(bob.socket().id()).emit("three");
        a.fixture().server.of("/other").emit("four");
        ann.socket().to("r").emit("five");
        assertThat(took(ann)).containsExactly("2[\"one\"]", "2[\"two\"]");
        assertThat(took(bob)).containsExactlyInAnyOrder("2[\"one\"]", "2[\"three\"]", "2[\"five\"]");
    }

    @Test
    void aRoomOfOneNodeCostsTheOthersNothing() {
        ann.joined("r");
        settle();
        b.bus().received.clear();
        for (int i = 0; i < 10; i++) {
            a.main().to("r").emit("m", i);
        }
        assertThat(took(ann)).hasSize(10);
        assertThat(b.bus().received).isEmpty();
        b.main().to("r").emit("from b");
        assertThat(took(ann)).containsExactly("2[\"from b\"]");
        assertThat(b.bus().received).isEmpty();
    }

    @Test
    void exactlyTheChannelsOfTheRoomsThatAreHeldAreHeard() {
        String room = "socket.io#/#r#";
        bob.joined("r");
        assertThat(b.bus().heard).containsKey(room);
        assertThat(b.bus().heard.get(room)).hasSize(1);
        b.fixture().connect(b.fixture().one).joined("r");
        assertThat(b.bus().heard.get(room)).hasSize(1);
        int channels = b.bus().heard.size();
        var other = b.fixture().connect(b.fixture().one).joined("x", "y");
        other.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat(b.bus().heard).hasSize(channels);
        b.main().to("r").local().socketsLeave("r");
        settle();
        assertThat(b.bus().heard).doesNotContainKey(room);
        assertThat(a.bus().heard).doesNotContainKey(room);
    }

    @Test
    void manySocketsJoinLeaveAndDisconnectOnEveryNode() {
        ann.joined("r");
        bob.joined("r");
        a.main().to("r").socketsJoin("s", "t");
        a.main().to("s").emit("joined");
        a.main().to(bob.socket().id()).socketsLeave("s");
        settle();
        assertThat(ann.socket().namespace().hasRoom("s")).isTrue();
        assertThat(b.main().roomNames()).contains("t").doesNotContain("s");
        assertThat(took(ann)).containsExactly("2[\"joined\"]");
        assertThat(took(bob)).containsExactly("2[\"joined\"]");
        b.main().to("t").disconnectSockets(false);
        assertThat(took(ann)).containsExactly("1");
        assertThat(took(bob)).containsExactly("1");
    }

    @Test
    void withoutABusTheLocalPartIsDoneAtOnce() {
        a.bus().up(false);
        ann.joined("r");
        a.main().to("r").socketsJoin("s");
        a.main().to("s").emit("here");
        assertThat(took(ann)).containsExactly("2[\"here\"]");
        a.main().disconnectSockets(false);
        assertThat(took(ann)).containsExactly("1");
        assertThat(took(bob)).isEmpty();
    }

    @Test
    void theSocketsOfAllNodesAreFound() throws Exception {
        bob.joined("r");
        assertThat(done(a.main().fetchSockets()).all())
                .extracting(RemoteSocket::id)
                .containsExactly(ann.socket().id(), bob.socket().id());
        Answers<RemoteSocket> found = done(a.main().to("r").fetchSockets());
        assertThat(found.missing()).isZero();
        RemoteSocket remote = found.all().getFirst();
        assertThat(remote.rooms()).isEqualTo(Set.of("r", bob.socket().id()));
        assertThat(remote.handshake().request().url())
                .isEqualTo(bob.socket().handshake().request().url());
        assertThat(remote.handshake().request().address()).isEqualTo("127.0.0.1");
        assertThat(done(a.main().adapter().serverCount())).isEqualTo(2);
        assertThat(done(a.main().local().fetchSockets()).all()).hasSize(1);
    }

    @Test
    void serverSideEventsReachTheOtherNodes() throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        for (Node node : List.of(a, b)) {
            node.main().onServerSide("hi", (args, ack) -> {
                seen.add((node == a ? "a" : "b") + args.json(0).text());
                ack.send("pong", "ignored");
            });
        }
        a.main().serverSideEmit("hi", 1);
        settle();
        assertThat(seen).containsExactly("b1");
        Answers<Payload> answers = done(a.main().serverSideEmitWithAck(Duration.ofSeconds(5), "hi", 2));
        assertThat(answers.all()).extracting(payload -> payload.json(0).text()).containsExactly("\"pong\"");
        assertThat(seen).containsExactly("b1", "b2");
        assertThat(done(a.main().serverSideEmitWithAck(Duration.ofSeconds(5), "nobody listens"))
                        .all())
                .hasSize(1);
    }

    @Test
    void acknowledgementsOfAllNodesAreCollected() throws Exception {
        ann.joined("r");
        bob.joined("r");
        var result =
                a.main().to("r").emitWithAck(Duration.ofSeconds(30), "ask", 1).toCompletableFuture();
        assertThat(took(ann)).containsExactly("20[\"ask\",1]");
        assertThat(took(bob)).containsExactly("20[\"ask\",1]");
        bob.session().receive("30[\"bob\"]");
        settle();
        assertThat(result).isNotDone();
        ann.session().receive("30[\"ann\"]");
        assertThat(done(result))
                .extracting(payload -> payload.json(0).text())
                .containsExactlyInAnyOrder("\"ann\"", "\"bob\"");
        assertThat(done(a.main().to("nobody").emitWithAck(Duration.ofSeconds(5), "ask")))
                .isEmpty();
    }

    /** Hears questions, and never answers: a node that hangs. */
    private Node deaf() {
        Node deaf = node("cccc");
        names.add("cccc");
        deaf.bus().heard.replaceAll((channel, listeners) -> new CopyOnWriteArrayList<>(List.of(message -> {})));
        return deaf;
    }

    @Test
    void whoDoesNotAnswerInTimeIsNamedAndWhatAnsweredIsReturned() throws Exception {
        try (var hung = deaf().fixture()) {
            b.main().onServerSide("hi", (args, ack) -> ack.send("pong"));
            Answers<Payload> answers = done(a.main().serverSideEmitWithAck(Duration.ofSeconds(2), "hi"));
            assertThat(answers.all()).hasSize(1);
            assertThat(answers.missing()).isEqualTo(1);
            assertThat(answers.missingNodes()).containsExactly("cccc");
            var result = a.main().emitWithAck(Duration.ofSeconds(2), "ask").toCompletableFuture();
            assertThatThrownBy(() -> done(result))
                    .cause()
                    .isInstanceOf(BroadcastAckTimeout.class)
                    .hasMessageContaining("1 nodes did not answer, among them cccc");
            assertThat(hung.server).isNotNull();
        }
    }

    @Test
    void aNodeThatLeavesIsNotWaitedFor() throws Exception {
        Node hung = deaf();
        try (var fixture = hung.fixture()) {
            var found = a.main().fetchSockets();
            var asked = a.main().serverSideEmitWithAck(Duration.ofMinutes(10), "nobody listens");
            settle();
            assertThat(asked.toCompletableFuture()).isNotDone();
            hung.bus().kill();
            names.remove("cccc");
            assertThat(done(asked).missing()).isZero();
            assertThat(done(asked).all()).hasSize(1);
            assertThat(done(found).all()).hasSize(2);
            assertThat(fixture.server).isNotNull();
        }
    }

    @Test
    void withoutABusTheOthersAreMissing() throws Exception {
        done(a.main().adapter().serverCount());
        a.bus().up(false);
        Answers<RemoteSocket> found = done(a.main().fetchSockets());
        assertThat(found.all()).hasSize(1);
        assertThat(found.missing()).isEqualTo(1);
        assertThat(found.missingNodes()).containsExactly("bbbb");
    }

    @Test
    void whatCanNotBePublishedIsNotWaitedFor() throws Exception {
        a.bus().full(true);
        Answers<RemoteSocket> found = done(a.main().fetchSockets());
        assertThat(found.all()).hasSize(1);
        assertThat(found.missing()).isEqualTo(1);
        a.main().emit("here at least");
        assertThat(took(ann)).containsExactly("2[\"here at least\"]");
    }

    @Test
    void garbageIsDroppedAndCounted() {
        var channels = new ArrayList<>(a.bus().heard.keySet());
        for (String channel : channels) {
            for (String garbage : List.of("", "garbage", "{\"type\":", "[1,2]", "\u0093\u0001", "{\"type\":77}")) {
                hub.publish(channel, Buffer.buffer(garbage));
            }
        }
        settle();
        assertThat(a.adapters().dropped()).isGreaterThanOrEqualTo(5L * channels.size());
        b.main().emit("still here");
        assertThat(took(ann)).containsExactly("2[\"still here\"]");
    }

    @Test
    void aClosedNamespaceHearsNothing() {
        a.fixture().server.close();
        await().untilAsserted(() -> assertThat(a.bus().heard).isEmpty());
    }
}
