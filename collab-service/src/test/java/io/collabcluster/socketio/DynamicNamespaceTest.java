package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Namespaces that are made when a client asks for them. */
class DynamicNamespaceTest {

    private static final NamespacePredicate ROOMS = NamespacePredicate.matching(Pattern.compile("/room-\\d+"));

    @Test
    void aMatchingNamespaceIsMadeWithItsParentsMiddlewaresAndListeners() {
        try (var fixture = new Fixture()) {
            var seen = new ArrayList<String>();
            fixture.server.onNewNamespace(namespace -> seen.add("new " + namespace.name()));
            fixture.server
                    .of(ROOMS)
                    .use(socket -> {
                        seen.add("asked " + socket.namespace().name());
                        return CompletableFuture.completedStage(null);
                    })
                    .onConnection(
                            socket -> seen.add("connected " + socket.namespace().name()));
            var session = fixture.session().receive("0/room-1", "0/room-x", "0/room-12/");
            assertThat(seen).containsExactly("new /room-1", "asked /room-1", "connected /room-1");
            assertThat(session.sent())
                    .hasSize(3)
                    .contains(
                            "4/room-x,{\"message\":\"Invalid namespace\"}",
                            "4/room-12/,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void thePredicateSeesTheAuthObject() {
        try (var fixture = new Fixture()) {
            fixture.server.of((name, auth) -> auth.tree().path("key").asText().equals("k"));
            var session = fixture.session().receive("0/any", "0/any,{\"key\":\"k\"}");
            assertThat(session.sent().getFirst()).isEqualTo("4/any,{\"message\":\"Invalid namespace\"}");
            assertThat((String) session.sent().getLast()).startsWith("0/any,{\"sid\":");
        }
    }

    @Test
    void aNamespaceMadeByNameComesFirst() {
        try (var fixture = new Fixture()) {
            var seen = new ArrayList<String>();
            fixture.server.of(ROOMS).onConnection(socket -> seen.add("dynamic"));
            fixture.server.of("room-7").onConnection(socket -> seen.add("static"));
            fixture.session().receive("0/room-7").sent();
            assertThat(seen).containsExactly("static");
        }
    }

    @Test
    void theParentReachesTheSocketsOfAllChildren() {
        try (var fixture = new Fixture()) {
            var parent = fixture.server.of(ROOMS);
            var first = fixture.session().receive("0/room-1");
            var second = fixture.session().receive("0/room-2");
            parent.emit("m");
            assertThat(first.sent()).last().isEqualTo("2/room-1,[\"m\"]");
            assertThat(second.sent()).last().isEqualTo("2/room-2,[\"m\"]");
            assertThat(parent.children()).hasSize(2);
        }
    }

    @Test
    void emptyChildrenAreKeptUnlessAskedOtherwise() {
        try (var fixture = new Fixture()) {
            fixture.server.of(ROOMS);
            fixture.session().receive("0/room-1", "1/room-1").sent();
            assertThat(fixture.server.find("/room-1")).isPresent();
        }
        try (var fixture = new Fixture(Fixture.options(Duration.ofSeconds(45), 10, true))) {
            var parent = fixture.server.of(ROOMS);
            fixture.server.of("/static");
            var session = fixture.session().receive("0/room-1", "0/static", "1/static");
            assertThat(fixture.server.find("/room-1")).isPresent();
            session.receive("1/room-1").sent();
            assertThat(fixture.server.find("/room-1")).isEmpty();
            assertThat(fixture.server.find("/static")).isPresent();
            assertThat(parent.children()).isEmpty();
            // And it can be made anew.
            session.receive("0/room-1").sent();
            assertThat(fixture.server.find("/room-1")).isPresent();
        }
    }

    @Test
    void aRefusedClientLeavesNoEmptyChildBehind() {
        try (var fixture = new Fixture(Fixture.options(Duration.ofSeconds(45), 10, true))) {
            fixture.server.of(ROOMS).use(socket -> CompletableFuture.failedStage(new ConnectRefusal("no")));
            fixture.session().receive("0/room-1").sent();
            assertThat(fixture.server.find("/room-1")).isEmpty();
        }
    }
}
