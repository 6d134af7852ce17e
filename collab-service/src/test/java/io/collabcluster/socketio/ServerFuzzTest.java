package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.socketio.echo.EchoApplication;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** For a bounded time, clients send whatever they like in any order: others are served as ever, and nothing leaks. */
class ServerFuzzTest {

    private static final Duration TIME = Duration.ofSeconds(3);

    private static final List<Object> MESSAGES = List.of(
            "0",
            "0{\"token\":1}",
            "0/custom,",
            "0/room-1",
            "0/room-2,{\"pid\":\"a\",\"offset\":\"b\"}",
            "0/nowhere",
            "1",
            "1/custom",
            "1/room-1",
            "2[\"message\",{\"a\":[1]}]",
            "2/room-1,[\"message\"]",
            "27[\"message-with-ack\",1]",
            "51-[\"message\",{\"_placeholder\":true,\"num\":0}]",
            "51-8[\"message-with-ack\",{\"_placeholder\":true,\"num\":0}]",
            new byte[] {1, 2},
            "30[1]",
            "4{}",
            "2[",
            "9");

    @Test
    void theServerStaysWhole() {
        var options = Fixture.options(Duration.ofSeconds(45), 10, true);
        try (var fixture = new Fixture(options)) {
            EchoApplication.install(fixture.server);
            fixture.server.of((name, auth) -> name.startsWith("/room-")).onConnection(socket -> socket.join("shared"));
            var witness = fixture.connect(fixture.two);
            witness.take();
            var random = new Random();
            long end = System.nanoTime() + TIME.toNanos();
            int closed = 0;
            while (System.nanoTime() < end) {
                var session = FakeSession.open(fixture.server, random.nextBoolean() ? fixture.one : fixture.two);
                // A throw on the loop would come out here.
                session.receive(random.ints(random.nextInt(1, 12), 0, MESSAGES.size())
                        .mapToObj(MESSAGES::get)
                        .toArray());
                closed += session.closeReason() == null ? 0 : 1;
                session.end(CloseReason.TRANSPORT_CLOSE);
            }
            assertThat(closed).isPositive();
            witness.session().receive("2[\"message\",1]");
            assertThat(witness.take()).containsExactly("2[\"message-back\",1]");
            assertThat(fixture.server.of("/").size()).isEqualTo(1);
            assertThat(fixture.server.find("/room-1")).isEmpty();
            assertThat(fixture.server.rooms()).isZero();
        }
    }
}
