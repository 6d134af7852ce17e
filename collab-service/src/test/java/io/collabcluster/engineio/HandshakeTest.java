package io.collabcluster.engineio;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    @Test
    void headersHaveNamesInLowerCaseAndOneValueEach() {
        var handshake = new Handshake(
                "/socket.io/",
                List.of(
                        entry("Host", "localhost:3000"),
                        entry("X-Empty", ""),
                        entry("X-Forwarded-For", "10.0.0.1"),
                        entry("x-forwarded-for", "10.0.0.2")),
                "127.0.0.1",
                false,
                Instant.EPOCH);

        assertThat(handshake.headers())
                .containsExactly(
                        entry("host", "localhost:3000"),
                        entry("x-empty", ""),
                        entry("x-forwarded-for", "10.0.0.1, 10.0.0.2"));
    }

    @Test
    void theQueryIsDecodedAndInOrder() {
        var handshake = new Handshake("/socket.io/?b=%C3%A9&a=1&a=2", List.of(), "127.0.0.1", true, Instant.EPOCH);

        assertThat(handshake.query()).containsExactly(entry("b", List.of("é")), entry("a", List.of("1", "2")));
    }
}
