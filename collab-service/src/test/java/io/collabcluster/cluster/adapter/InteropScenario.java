package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.cluster.redis.SharedRedis;
import io.collabcluster.socketio.Answers;
import io.collabcluster.socketio.FakeSession;
import io.collabcluster.socketio.Fixture;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A node of ours and a Node server on one Redis: every kind of message, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InteropScenario {

    static final String KEY = "interop";

    private final Format format;
    private final Vertx vertx = Vertx.vertx();
    TestRedis redis;
    NodeServer node;
    private SharedRedis bus;
    private RedisAdapters adapters;
    private Fixture fixture;
    Namespace main;
    Fixture.Client ann;
    String bob;

    InteropScenario(Format format) {
        this.format = format;
    }

    abstract TestRedis startRedis();

    @BeforeAll
    void startAll() throws Exception {
        redis = startRedis();
        node = startNode();
        bus = new SharedRedis(
                vertx,
                new RedisOptions(
                        RedisOptions.Mode.STANDALONE,
                        List.of(redis.server()),
                        "",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        format,
                        new Names(KEY)));
        done(bus.start());
        adapters = new RedisAdapters(bus, format, new Names(KEY), Membership.UNNAMED);
        fixture = new Fixture(Fixture.OPTIONS, adapters);
        main = fixture.server.of("/");
    }

    private NodeServer startNode() throws IOException {
        return NodeServer.start(redis.port(), format.name().toLowerCase(Locale.ROOT), KEY);
    }

    @AfterAll
    void stopAll() {
        if (fixture != null) {
            fixture.close();
            bus.close();
        }
        if (node != null) {
            node.close();
        }
        if (redis != null) {
            redis.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void connect() {
        ann = fixture.connect(fixture.one).joined("r", "java");
        bob = node.run("return client('bob', 'r', 'node')").asText();
        await().until(() -> done(main.adapter().serverCount()) == 2);
        // Its own rooms come last: when they are heard, all is.
        await().until(() ->
                node.run("io.to('java').emit('there?')") != null && !ann.take().isEmpty());
        settle();
    }

    @AfterEach
    void everybodyIsWell() {
        ann.socket().disconnect(true);
        node.run("clients.bob.socket.disconnect(); io.disconnectSockets(); seen.length = 0");
        await().until(() -> node.run("return io.sockets.sockets.size").asInt() == 0);
        assertThat(node.isAlive()).isTrue();
        assertThat(adapters.dropped()).isZero();
    }

    /** A broadcast each way behind all others, and then nobody has anything left to take. */
    private void settle() {
        main.to("node").emit("settled");
        node.run("io.to('java').emit('settled')");
        await().until(() -> ann.take().contains("2[\"settled\"]"));
        await().until(() -> node.got("bob").contains("[\"settled\"]"));
    }

    static <T> T done(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** What she got before a message that is sent behind. */
    List<Object> annGot() {
        var got = new ArrayList<Object>();
        node.run("io.emit('end')");
        await().until(() -> got.addAll(ann.take()) && got.getLast().equals("2[\"end\"]"));
        got.removeLast();
        return got;
    }

    List<String> bobGot() {
        var got = new ArrayList<String>();
        main.emit("end");
        await().until(() -> got.addAll(node.got("bob")) && got.getLast().equals("[\"end\"]"));
        got.removeLast();
        ann.session().run(() -> {});
        return got;
    }

    @Test
    void aNodeServersBroadcastsComeHere() {
        node.run("""
                io.emit('all', 1, 'zwei', { three: [null, true, 1.5] });
                io.to('r').emit('room');
                io.to(['java', 'nowhere']).emit('rooms');
                io.to('node').emit('not hers');
                io.except('java').emit('not hers');
                io.to('r').except('node').emit('except');
                io.emit('binary', Buffer.from([1, 2]), { deep: [Buffer.from([3])] });
                io.volatile.emit('volatile', new Date(0));
                io.of('/other').emit('elsewhere');
                """);
        assertThat(annGot())
                .containsExactlyInAnyOrder(
                        "2[\"all\",1,\"zwei\",{\"three\":[null,true,1.5]}]",
                        "2[\"room\"]",
                        "2[\"rooms\"]",
                        "2[\"except\"]",
                        "52-[\"binary\",{\"_placeholder\":true,\"num\":0},{\"deep\":[{\"_placeholder\":true,\"num\":1}]}]",
                        FakeSession.bytes(1, 2),
                        FakeSession.bytes(3),
                        "2[\"volatile\",\"1970-01-01T00:00:00.000Z\"]");
    }

    @Test
    void aNodeServerReachesASingleSocketHere() {
        node.run("io.to('" + ann.socket().id() + "').emit('you', 1)");
        await().until(() -> ann.take().contains("2[\"you\",1]"));
    }

    @Test
    void broadcastsOfThisNodeGoToTheNodeServer() {
        main.emit("all", 1, "zwei", new Json("{\"three\":[null,true,1.5]}"));
        main.to("r").emit("room");
        main.to("node", "nowhere").emit("rooms");
        main.to("java").emit("not his");
        main.except("node").emit("not his");
        main.to("r").except("java").emit("except");
        main.emit("binary", new byte[] {1, 2});
        main.to(bob).emit("you");
        assertThat(bobGot())
                .containsExactlyInAnyOrder(
                        "[\"all\",1,\"zwei\",{\"three\":[null,true,1.5]}]",
                        "[\"room\"]",
                        "[\"rooms\"]",
                        "[\"except\"]",
                        "[\"binary\",{\"hex\":\"0102\"}]",
                        "[\"you\"]");
        // Only for a client that is not busy.
        await().until(() -> {
            main.volatileEmit("volatile", 1L << 40);
            return node.got("bob").contains("[\"volatile\"," + (1L << 40) + "]");
        });
        settle();
    }

    @Test
    void aNodeServerHasSocketsHereJoinLeaveAndDisconnect() {
        node.run("io.in('java').socketsJoin(['x', 'y'])");
        await().until(() -> main.hasRoom("x") && main.hasRoom("y"));
        node.run("io.in('r').socketsLeave('x')");
        await().until(() -> !main.hasRoom("x"));
        node.run("io.in('y').disconnectSockets(true)");
        await().until(() -> ann.session().closeReason() != null);
    }

    @Test
    void thisNodeHasSocketsOfTheNodeServerJoinLeaveAndDisconnect() {
        main.to("node").socketsJoin("x", "y");
        main.to("x").emit("joined");
        await().until(() -> node.got("bob").contains("[\"joined\"]"));
        main.to("r").socketsLeave("x");
        await().until(() -> !node.run("return [...io.sockets.adapter.rooms.keys()]")
                .toString()
                .contains("\"x\""));
        main.to("y").disconnectSockets(true);
        await().until(() -> node.got("bob").toString().contains("disconnect"));
    }

    @Test
    void theNodeServerFindsTheSocketsHere() {
        JsonNode found = node.run("""
                const all = await io.in('java').fetchSockets();
                return all.map((s) => ({ id: s.id, rooms: [...s.rooms].sort(), h: s.handshake, data: s.data }));
                """);
        assertThat(found).hasSize(1);
        JsonNode socket = found.get(0);
        assertThat(socket.get("id").asText()).isEqualTo(ann.socket().id());
        assertThat(socket.get("rooms")).hasSize(3);
        assertThat(socket.at("/h/address").asText()).isEqualTo("127.0.0.1");
        assertThat(socket.at("/h/query/EIO").asText()).isEqualTo("4");
        assertThat(socket.at("/h/time").asText()).startsWith("Thu Jan 01 1970 00:00:00 GMT+0000");
        assertThat(node.run("return (await io.fetchSockets()).length").asInt()).isEqualTo(2);
        assertThat(node.run("return (await io.in('nowhere').fetchSockets()).length")
                        .asInt())
                .isZero();
    }

    @Test
    void theSocketsOfTheNodeServerAreFoundHere() throws Exception {
        node.run("io.sockets.sockets.forEach((s) => { s.data.name = 'bob'; })");
        Answers<RemoteSocket> found = done(main.to("node").fetchSockets());
        assertThat(found.missing()).isZero();
        RemoteSocket remote = found.all().getFirst();
        assertThat(remote.id()).isEqualTo(bob);
        assertThat(remote.rooms()).isEqualTo(Set.of(bob, "r", "node"));
        assertThat(remote.data().text()).isEqualTo("{\"name\":\"bob\"}");
        assertThat(remote.handshake().request().query()).containsEntry("transport", List.of("websocket"));
        assertThat(remote.handshake().request().headers()).containsKey("host");
        assertThat(done(main.fetchSockets()).all()).hasSize(2);
        // A legacy question of older servers, which this version asks as "allRooms".
        if (format == Format.CLASSIC) {
            assertThat(node.run("return [...await io.sockets.adapter.allRooms()]")
                            .toString())
                    .contains("java", "node", ann.socket().id());
        }
    }

    @Test
    void theNodeServersServerSideEventsComeHere() {
        var seen = new CopyOnWriteArrayList<String>();
        main.onServerSide("hello", (args, ack) -> {
            seen.add(args.json(0).text() + ack.requested());
            ack.send(Map.of("from", "java"));
        });
        node.run("io.serverSideEmit('hello', { a: 1 })");
        await().until(() -> seen.contains("{\"a\":1}false"));
        assertThat(node.run("return io.serverSideEmitWithAck('hello', 2)").toString())
                .isEqualTo("[{\"from\":\"java\"}]");
        assertThat(seen).contains("2true");
        assertThat(node.run("return io.serverSideEmitWithAck('nobody listens')"))
                .hasSize(1);
    }

    @Test
    void serverSideEventsOfThisNodeGoToTheNodeServer() throws Exception {
        main.serverSideEmit("hi", 1, "a");
        await().until(() -> node.run("return seen").toString().equals("[[1,\"a\"]]"));
        Answers<Payload> answers = done(main.serverSideEmitWithAck(Duration.ofSeconds(10), "hi", 2));
        assertThat(answers.all()).extracting(payload -> payload.json(0).text()).containsExactly("\"node\"");
        assertThat(answers.missing()).isZero();
    }

    @Test
    void theNodeServerCollectsAcknowledgementsOfClientsHere() {
        var result = node.begin("return io.timeout(10000).to('r').emitWithAck('ask', 1)");
        var asked = new ArrayList<Object>();
        await().until(() -> asked.addAll(ann.take()));
        assertThat(asked.getFirst().toString()).matches("2\\d+\\[\"ask\",1]");
        String id = asked.getFirst().toString().replaceAll("2(\\d+)\\[.*", "$1");
        ann.session().receive("3" + id + "[{\"from\":\"ann\"},\"ignored\"]");
        assertThat(result.join().toString()).contains("\"from bob\"").contains("{\"from\":\"ann\"}");
        assertThat(node.run("return io.timeout(10000).to('nowhere').emitWithAck('ask')"))
                .isEmpty();
    }

    @Test
    void acknowledgementsOfTheNodeServersClientsAreCollectedHere() throws Exception {
        var result = main.to("r").emitWithAck(Duration.ofSeconds(10), "ask", 1);
        var asked = new ArrayList<Object>();
        await().until(() -> asked.addAll(ann.take()));
        String id = asked.getFirst().toString().replaceAll("2(\\d+)\\[.*", "$1");
        ann.session().receive("3" + id + "[\"ann\"]");
        assertThat(done(result))
                .extracting(payload -> payload.json(0).text())
                .containsExactlyInAnyOrder("\"ann\"", "\"from bob\"");
    }

    @Test
    void aNodeServerThatHangsIsMissingAndOneThatDiesIsNotWaitedFor() throws Exception {
        try (var other = startNode()) {
            await().until(() -> done(main.adapter().serverCount()) == 3);
            other.freeze();
            Answers<Payload> late = done(main.serverSideEmitWithAck(Duration.ofSeconds(5), "hi", 1));
            assertThat(late.all()).hasSize(1);
            assertThat(late.missing()).isEqualTo(1);
            assertThat(late.missingNodes()).isEmpty();
            var asked = main.serverSideEmitWithAck(Duration.ofMinutes(10), "hi", 2);
            await().until(() -> node.run("return seen").size() == 2);
            assertThat(asked.toCompletableFuture()).isNotDone();
            other.kill();
            assertThat(done(asked)).isEqualTo(Answers.complete(done(asked).all()));
            assertThat(done(asked).all()).hasSize(1);
        }
    }
}
