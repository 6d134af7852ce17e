package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.CloseReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a socket ends, and what its listeners are told. */
class DisconnectTest {

    private final List<String> told = new ArrayList<>();
    private Fixture fixture;
    private Fixture.Client client;

    @BeforeEach
    void start() {
        fixture = new Fixture();
        fixture.server.of("/").onConnection(socket -> socket.onDisconnecting(reason -> told.add("disconnecting "
                        + reason.text() + " in " + socket.rooms().size()))
                .onDisconnect(reason -> told.add(
                        "disconnect " + reason.text() + " in " + socket.rooms().size())));
        client = fixture.connect(fixture.one).joined("a", "b");
        client.take();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void theSessionsEndIsToldWithItsReason(CloseReason reason) {
        client.session().end(reason);
        assertThat(told)
                .containsExactly("disconnecting " + reason.text() + " in 3", "disconnect " + reason.text() + " in 0");
        assertThat(client.socket().connected()).isFalse();
        assertThat(fixture.server.of("/").find(client.socket().id())).isEmpty();
        assertThat(fixture.server.of("/").hasRoom("a")).isFalse();
    }

    @Test
    void theClientLeavesTheNamespace() {
        client.session().receive("1");
        assertThat(told).last().isEqualTo("disconnect client namespace disconnect in 0");
        assertThat(client.session().closeReason()).isNull();
        client.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat(told).hasSize(2);
    }

    @Test
    void theServerDisconnectsASocket() {
        client.socket().disconnect(false);
        client.socket().disconnect(false);
        assertThat(client.take()).containsExactly("1");
        assertThat(told).last().isEqualTo("disconnect server namespace disconnect in 0");
        assertThat(told).hasSize(2);
        assertThat(client.session().closeReason()).isNull();
    }

    @Test
    void theServerDisconnectsAClientWithAllItsSockets() {
        fixture.server.of("/custom").onConnection(socket -> socket.onDisconnect(r -> told.add("custom " + r.text())));
        client.session().receive("0/custom");
        client.take();
        client.socket().disconnect(true);
        assertThat(client.take()).containsExactlyInAnyOrder("1", "1/custom,");
        assertThat(told).contains("disconnect server namespace disconnect in 0", "custom server namespace disconnect");
        assertThat(client.session().closeReason()).isEqualTo(CloseReason.FORCED_SERVER_CLOSE);
    }

    @Test
    void whatIsNoPacketIsAParseError() {
        client.session().receive("2{}");
        assertThat(told).last().isEqualTo("disconnect parse error in 0");
    }

    @Test
    void theServersEndIsToldToEverySocket() {
        fixture.server.close();
        client.session().run(() -> {});
        assertThat(told).last().isEqualTo("disconnect server shutting down in 0");
        assertThat(client.session().closeReason()).isEqualTo(CloseReason.SERVER_SHUTTING_DOWN);
    }

    @Test
    void whatIsEmittedWhileDisconnectingStillReachesTheRooms() {
        var other = fixture.connect(fixture.two).joined("a");
        other.take();
        client.socket().onDisconnecting(reason -> client.socket().to("a").emit("bye"));
        client.session().end(CloseReason.TRANSPORT_CLOSE);
        assertThat(other.take()).containsExactly("2[\"bye\"]");
    }

    @Test
    void toASocketThatIsGoneNothingIsSent() {
        client.socket().disconnect(false);
        client.take();
        client.socket().emit("late");
        fixture.server.of("/").emit("late");
        assertThat(client.take()).isEmpty();
    }
}
