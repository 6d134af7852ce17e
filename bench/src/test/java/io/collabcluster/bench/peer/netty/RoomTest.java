package io.collabcluster.bench.peer.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void membersMayLeaveInAnyOrder() {
        var hub = new Hub(new EmbeddedChannel().eventLoop(), 25_000);
        for (int first = 0; first < 3; first++) {
            var room = new Room("room");
            var places = IntStream.range(0, 3)
                    .mapToObj(i -> room.add(new Connection(hub, 25_000)))
                    .toList();
            for (int i = 0; i < 3; i++) {
                assertThat(room.isEmpty()).isFalse();
                room.remove(places.get((first + 2 * i) % 3));
            }
            assertThat(room.isEmpty()).isTrue();
        }
    }
}
