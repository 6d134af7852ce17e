package io.collabcluster.bench.peer.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client's decoder reads the frames. */
class FramesTest {

    private final EmbeddedChannel client =
            new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                    .expectMaskedFrames(false)
                    .maxFramePayloadLength(1 << 20)
                    .build()));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 100_000})
    void aTextOfAnyLengthComesThrough(int length) {
        client.writeInbound(Frames.text("\u00e9".repeat(length)));
        TextWebSocketFrame frame = client.readInbound();
        assertThat(frame.content().toString(StandardCharsets.ISO_8859_1)).isEqualTo("\u00e9".repeat(length));
        assertThat(frame.isFinalFragment()).isTrue();
        frame.release();
    }

    @Test
    void aPongHasThePingsPayload() {
        var ping = Bytes.of("ping");
        client.writeInbound(Frames.pong(ping));
        PongWebSocketFrame frame = client.readInbound();
        assertThat(frame.content()).isEqualTo(Bytes.of("ping"));
        frame.release();
        ping.release();
    }
}
