package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.collabcluster.engineio.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms on several event loops, and broadcasts to them. */
class RoomTest {

    private final List<String> hooks = new CopyOnWriteArrayList<>();
    private Fixture fixture;
    private Namespace main;
    private Fixture.Client ann;
    private Fixture.Client bob;
    private Fixture.Client eve;

    @BeforeEach
    void start() {
        fixture = new Fixture(Fixture.options(Duration.ofSeconds(45), 4, false), namespace -> {
            var local = new LocalAdapter(namespace);
            return new WatchingAdapter(local, hooks);
        });
        main = fixture.server.of("/");
        ann = fixture.connect(fixture.one);
        bob = fixture.connect(fixture.two);
        eve = fixture.connect(fixture.two);
        hooks.clear();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** As an adapter that joins nodes would, around the local one. */
    private record WatchingAdapter(Adapter local, List<String> seen) implements Adapter {
        @Override
        public void broadcast(Packet.Event event, BroadcastOptions options) {
            local.broadcast(event, options);
        }

        @Override
        public void broadcastWithAck(
                Packet.Event event, BroadcastOptions options, Duration timeout, Responses responses) {
            local.broadcastWithAck(event, options, timeout, responses);
        }

        @Override
        public CompletableFuture<Answers<RemoteSocket>> fetchSockets(BroadcastOptions options) {
            return local.fetchSockets(options).toCompletableFuture();
        }

        @Override
        public void socketsJoin(BroadcastOptions options, Set<String> rooms) {
            local.socketsJoin(options, rooms);
        }

        @Override
        public void socketsLeave(BroadcastOptions options, Set<String> rooms) {
            local.socketsLeave(options, rooms);
        }

        @Override
        public void disconnectSockets(BroadcastOptions options, boolean closeSessions) {
            local.disconnectSockets(options, closeSessions);
        }

        @Override
        public void roomCreated(String room) {
            seen.add("+" + room);
        }

        @Override
        public void roomDeleted(String room) {
            seen.add("-" + room);
        }
    }

    private void drain() {
        for (int i = 0; i < 2; i++) {
            ann.session().run(() -> {});
            bob.session().run(() -> {});
        }
    }

    private List<Object> took(Fixture.Client client) {
        drain();
        return client.take();
    }

    @Test
    void everySocketIsInTheRoomOfItsOwnId() {
        main.to(bob.socket().id()).emit("hi");
        assertThat(took(bob)).containsExactly("2[\"hi\"]");
        assertThat(took(ann)).isEmpty();
        assertThat(took(eve)).isEmpty();
    }

    @Test
    void aBroadcastReachesTheMembersOfAnyOfItsRoomsOnce() {
        ann.joined("a", "b");
        bob.joined("b");
        main.to("a").to("b").emit("m", 1);
        main.to("a", "b", "nobody").emit("m", 2);
        main.to("nobody").emit("m", 3);
        assertThat(took(ann)).containsExactly("2[\"m\",1]", "2[\"m\",2]");
        assertThat(took(bob)).containsExactly("2[\"m\",1]", "2[\"m\",2]");
        assertThat(took(eve)).isEmpty();
    }

    @Test
    void whoIsInAnExceptedRoomIsLeftOut() {
        ann.joined("a");
        bob.joined("a", "quiet");
        main.to("a").except("quiet", "nobody").emit("m");
        main.except("a").emit("others");
        assertThat(took(ann)).containsExactly("2[\"m\"]");
        assertThat(took(bob)).isEmpty();
        assertThat(took(eve)).containsExactly("2[\"others\"]");
    }

    @Test
    void aSocketsBroadcastLeavesItOut() {
        ann.joined("a");
        bob.joined("a");
        ann.socket().to("a").emit("room");
        ann.socket().broadcast().emit("all");
        assertThat(took(ann)).isEmpty();
        assertThat(took(bob)).containsExactly("2[\"room\"]", "2[\"all\"]");
        assertThat(took(eve)).containsExactly("2[\"all\"]");
    }

    @Test
    void aBroadcastIsForItsNamespace() {
        var custom = fixture.server.of("/custom");
        bob.session().receive("0/custom");
        took(bob);
        main.local().emit("main");
        custom.emit("custom");
        assertThat(took(bob)).containsExactlyInAnyOrder("2[\"main\"]", "2/custom,[\"custom\"]");
        assertThat(took(ann)).containsExactly("2[\"main\"]");
    }

    @Test
    void joinedOrLeftFromAnotherThreadTheNextBroadcastKnows() {
        ann.socket().join("a");
        main.to("a").emit("m", 1);
        ann.socket().leave("a");
        main.to("a").emit("m", 2);
        assertThat(took(ann)).containsExactly("2[\"m\",1]");
    }

    @Test
    void whatOneThreadDoesHappensInItsOrder() {
        ann.socket().emit("first");
        ann.socket().join("a");
        main.to("a").emit("second");
        ann.socket().emit("third");
        main.emit("fourth");
        ann.socket().leave("a");
        main.to("a").emit("never");
        ann.socket().disconnect(false);
        ann.socket().emit("never");
        assertThat(took(ann)).containsExactly("2[\"first\"]", "2[\"second\"]", "2[\"third\"]", "2[\"fourth\"]", "1");
    }

    @Test
    void manyThreadsAtOnceEachKeepTheirOrder() throws Exception {
        int rounds = 300;
        var clients = List.of(ann, bob, eve);
        var threads = new ArrayList<Thread>();
        for (Fixture.Client client : clients) {
            for (String name : List.of("x", "y")) {
                String room = name + client.socket().id();
                threads.add(new Thread(() -> {
                    for (int i = 0; i < rounds; i++) {
                        client.socket().join(room);
                        main.to(room).emit(name, i);
                        client.socket().leave(room);
                        main.to(room).emit("never");
                    }
                }));
            }
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(30_000);
        }
        for (Fixture.Client client : clients) {
            var received = took(client);
            assertThat(received).hasSize(2 * rounds);
            for (String name : List.of("x", "y")) {
                assertThat(received.stream().filter(m -> ((String) m).startsWith("2[\"" + name)))
                        .containsExactlyElementsOf(IntStream.range(0, rounds)
                                .mapToObj(i -> (Object) ("2[\"" + name + "\"," + i + "]"))
                                .toList());
            }
        }
        assertThat(fixture.server.rooms()).isZero();
        assertThat(hooks.stream().filter(hook -> hook.startsWith("+")).count())
                .isEqualTo(hooks.stream().filter(hook -> hook.startsWith("-")).count());
    }

    @Test
    void onItsLoopEverythingHappensAtOnceAndInOrder() {
        ann.session().run(() -> {
            ann.socket().emit("first");
            main.emit("second");
            ann.socket().join("a");
            assertThat(ann.socket().rooms())
                    .containsExactlyInAnyOrder("a", ann.socket().id());
            main.to("a").emit("third");
            ann.socket().leave("a");
            main.to("a").emit("never");
            ann.socket().emit("fourth");
        });
        assertThat(ann.take()).containsExactly("2[\"first\"]", "2[\"second\"]", "2[\"third\"]", "2[\"fourth\"]");
    }

    @Test
    void aSocketMayBeInSoManyRoomsOnly() {
        ann.joined("a", "b", "c");
        var refused = ann.socket().join("d").toCompletableFuture();
        drain();
        assertThat(refused.exceptionNow())
                .isInstanceOf(JoinRefused.class)
                .hasMessage("can't join \"d\": a socket may be in 4 rooms at most, its own included");
        assertThat(main.hasRoom("d")).isFalse();
        ann.joined("a");
        ann.socket().leave("a");
        ann.socket().join("d");
        drain();
        assertThat(main.hasRoom("d")).isTrue();
    }

    @Test
    void theAdapterIsToldOfARoomsFirstAndLastMember() {
        ann.joined("a");
        bob.joined("a", "a");
        ann.socket().leave("a");
        ann.socket().leave("a");
        drain();
        assertThat(hooks).containsExactly("+a");
        bob.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat(hooks).contains("-a", "-" + bob.socket().id());
        assertThat(main.hasRoom("a")).isFalse();
        var late = bob.socket().join("a").toCompletableFuture();
        drain();
        assertThat(late.exceptionNow()).isInstanceOf(SocketGone.class);
        assertThat(main.hasRoom("a")).isFalse();
    }

    @Test
    void roomsAreCountedWithoutTheSocketsOwn() {
        assertThat(fixture.server.rooms()).isZero();
        ann.joined("a", "b");
        bob.joined("b");
        assertThat(fixture.server.rooms()).isEqualTo(2);
        assertThat(main.roomNames())
                .containsExactlyInAnyOrder(
                        "a",
                        "b",
                        ann.socket().id(),
                        bob.socket().id(),
                        eve.socket().id());
    }

    @Test
    void manySocketsJoinLeaveAndDisconnectAtOnce() throws Exception {
        bob.joined("a");
        eve.joined("a");
        main.to("a").socketsJoin("b", "c");
        main.to("b").emit("joined");
        main.to(eve.socket().id()).socketsLeave("b");
        main.to("b").emit("still there");
        assertThat(took(bob)).containsExactly("2[\"joined\"]", "2[\"still there\"]");
        assertThat(took(eve)).containsExactly("2[\"joined\"]");

        var found = main.to("a")
                .fetchSockets()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .all();
        assertThat(found)
                .extracting(RemoteSocket::id)
                .containsExactlyInAnyOrder(bob.socket().id(), eve.socket().id());
        assertThat(found)
                .filteredOn(socket -> socket.id().equals(eve.socket().id()))
                .extracting(RemoteSocket::rooms)
                .containsExactly(Set.of("a", "c", eve.socket().id()));

        main.to("b").disconnectSockets(false);
        main.to(eve.socket().id()).disconnectSockets(true);
        assertThat(took(bob)).containsExactly("1");
        assertThat(bob.session().closeReason()).isNull();
        assertThat(took(eve)).containsExactly("1");
        assertThat(eve.session().closeReason()).isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
        assertThat(main.fetchSockets()
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS)
                        .all())
                .extracting(RemoteSocket::id)
                .containsExactly(ann.socket().id());
        assertThat(hooks).contains("-a", "-b", "-c");
    }

    @Test
    void whoLeavesDuringABroadcastDoesNotDisturbIt() {
        var received = new ArrayList<String>();
        var clients = new ArrayList<Fixture.Client>();
        for (int i = 0; i < 20; i++) {
            var client = fixture.connect(fixture.one).joined("a");
            int number = i;
            client.socket().onAnyOutgoing((event, args) -> {
                received.add(number + event);
                client.socket().leave("a");
                clients.get((number + 7) % 20).socket().leave("a");
                if (number % 3 == 0) {
                    client.socket().disconnect(true);
                }
            });
            clients.add(client);
        }
        main.to("a").emit("m");
        drain();
        assertThat(received).doesNotHaveDuplicates().hasSizeGreaterThan(10);
        assertThat(main.hasRoom("a")).isFalse();
    }

    @Test
    void aSlowConsumerThatABroadcastEndsDoesNotDisturbTheOthers() {
        var clients = new ArrayList<Fixture.Client>();
        for (int i = 0; i < 6; i++) {
            clients.add(fixture.connect(fixture.one).joined("a"));
            clients.getLast().take();
        }
        clients.get(0).session().room(0);
        clients.get(3).session().room(1);
        clients.get(5).session().room(0);
        main.to("a").emit("m", 1);
        main.to("a").emit("m", 2);
        for (int i : List.of(1, 2, 4)) {
            assertThat(took(clients.get(i))).containsExactly("2[\"m\",1]", "2[\"m\",2]");
        }
        assertThat(took(clients.get(3))).containsExactly("2[\"m\",1]");
        for (int i : List.of(0, 3, 5)) {
            assertThat(clients.get(i).session().closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
            assertThat(clients.get(i).socket().connected()).isFalse();
        }
    }

    @Test
    void aBroadcastsAcknowledgementsAreCollected() throws Exception {
        ann.joined("a");
        bob.joined("a");
        var result = main.to("a").emitWithAck(Duration.ofSeconds(30), "ask", 1).toCompletableFuture();
        assertThat(took(ann)).containsExactly("20[\"ask\",1]");
        assertThat(took(bob)).containsExactly("20[\"ask\",1]");
        ann.session().receive("30[\"ann\"]");
        assertThat(result).isNotDone();
        bob.session().receive("30[\"bob\"]");
        assertThat(result.get(5, TimeUnit.SECONDS))
                .extracting(payload -> payload.json(0).text())
                .containsExactly("\"ann\"", "\"bob\"");
        assertThat(main.to("nobody")
                        .local()
                        .emitWithAck(Duration.ofSeconds(30), "ask")
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .isEmpty();
    }

    @Test
    void whoDoesNotAcknowledgeABroadcastInTimeIsToldWithTheOthersResponses() {
        ann.joined("a");
        bob.joined("a");
        var result = main.to("a").emitWithAck(Duration.ofMillis(300), "ask").toCompletableFuture();
        took(bob);
        bob.session().receive("30[\"bob\"]");
        assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS)).cause().satisfies(error -> {
            assertThat(error).isInstanceOf(BroadcastAckTimeout.class).hasMessageContaining("1 clients did not");
            assertThat(((BroadcastAckTimeout) error).responses()).hasSize(1);
        });
    }

    @Test
    void serverSideEventsReachNobodyHere() throws Exception {
        var seen = new ArrayList<String>();
        main.onServerSide("hello", (args, ack) -> seen.add(args.json(0).text()));
        main.serverSideEmit("hello", 1);
        assertThat(main.serverSideEmitWithAck(Duration.ofSeconds(1), "hello", 1)
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .isEqualTo(Answers.complete(List.of()));
        assertThat(seen).isEmpty();
        main.serverSideReceived("hello", Payload.of(2), Acknowledgement.NONE);
        assertThat(seen).containsExactly("2");
        assertThat(took(ann)).isEmpty();
    }
}
