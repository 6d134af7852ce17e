package io.collabcluster.engineio;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.compression.ZlibCodecFactory;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import java.util.Objects;
import java.util.Optional;

/**
 * The permessage-deflate extension of one connection (RFC 7692). It is negotiated here and not by Vert.x: per server, and
 * with a bound on what a compressed message may grow to.
 *
 * @param threshold messages of at least this many bytes are compressed
 */
record PerMessageDeflate(WebSocketServerExtension extension, int threshold) {

    private static final int LEVEL = 6;

    /** @param offer the client's {@code Sec-WebSocket-Extensions}, or null */
    static Optional<PerMessageDeflate> negotiate(String offer, EngineOptions options) {
        if (offer == null || options.perMessageDeflateThreshold().isEmpty()) {
            return Optional.empty();
        }
        var handshaker = new PerMessageDeflateServerExtensionHandshaker(
                LEVEL,
                ZlibCodecFactory.isSupportingWindowSizeAndMemLevel(),
                PerMessageDeflateServerExtensionHandshaker.MAX_WINDOW_SIZE,
                true,
                false,
                options.maxHttpBufferSize());
        return WebSocketExtensionUtil.extractExtensions(offer).stream()
                .map(handshaker::handshakeExtension)
                .filter(Objects::nonNull)
                .findFirst()
                .map(extension -> new PerMessageDeflate(
                        extension, options.perMessageDeflateThreshold().get()));
    }

    /** The answer's {@code Sec-WebSocket-Extensions}. */
    String accepted() {
        WebSocketExtensionData data = extension.newReponseData();
        StringBuilder header = new StringBuilder(data.name());
        data.parameters().forEach((name, value) -> {
            header.append("; ").append(name);
            if (value != null) {
                header.append('=').append(value);
            }
        });
        return header.toString();
    }

    ChannelHandler decoder() {
        return extension.newExtensionDecoder();
    }

    ChannelHandler encoder() {
        return extension.newExtensionEncoder();
    }
}
