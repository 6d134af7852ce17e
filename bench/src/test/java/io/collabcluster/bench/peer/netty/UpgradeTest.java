package io.collabcluster.bench.peer.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpgradeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();

    UpgradeTest() {
        var upgrade = new Upgrade(new Hub(channel.eventLoop(), 25_000), 25_000);
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(8192), upgrade);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void request(String path) {
        channel.writeInbound(Bytes.of("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    }

    private String written() {
        var all = new StringBuilder();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            all.append(next.toString(StandardCharsets.ISO_8859_1));
            next.release();
        }
        return all.toString();
    }

    @Test
    void nothingOfHttpStaysWithAConnection() {
        request("/socket.io/?EIO=4&transport=websocket");

        assertThat(written())
                .startsWith("HTTP/1.1 101 ")
                .contains("0{\"sid\":")
                .endsWith(",\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(channel.pipeline().toMap().values().stream().<Class<?>>map(Object::getClass))
                .containsExactly(WebSocket13FrameDecoder.class, Connection.class);
    }

    @Test
    void anotherRequestIsRefused() {
        request("/elsewhere");

        assertThat(written()).startsWith("HTTP/1.1 400 ");
        assertThat(channel.isActive()).isFalse();
    }
}
