package io.collabcluster.engineio;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.NetSocketInternal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The server's side of a WebSocket handshake (RFC 6455 section 4.2.2). The connection then leaves Vert.x for good: what
 * is kept of an HTTP request and of a WebSocket there is more than all that a session needs.
 */
final class WebSocketUpgrade {

    private static final Logger LOG = Logger.getLogger(WebSocketUpgrade.class);

    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** Vert.x' name. */
    private static final String HTTP_DECODER = "httpDecoder";

    private static final String EARLY = "engineio-early";

    private WebSocketUpgrade() {}

    /** Answers the request and opens the transport. On the connection's event loop. */
    static void accept(HttpServerRequest request, UpgradeTicket ticket) {
        Optional<PerMessageDeflate> deflate = PerMessageDeflate.negotiate(
                request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS),
                ticket.engine().options());
        MultiMap headers = request.response().headers();
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(
                HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, acceptance(request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
        deflate.ifPresent(extension -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, extension.accepted()));
        // A browser that offers subprotocols breaks off when none is taken; the reference server takes the first.
        Optional.ofNullable(request.getHeader(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL))
                .map(offer -> offer.split(",", 2)[0].trim())
                .filter(first -> !first.isEmpty())
                .ifPresent(first -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, first));
        Channel channel = ((ConnectionBase) request.connection()).channel();
        channel.pipeline().addAfter(HTTP_DECODER, EARLY, new EarlyBytes());
        request.toNetSocket().onSuccess(socket -> open(socket, ticket, deflate)).onFailure(gone -> {
            LOG.debugf("A WebSocket handshake was not answered: %s", gone.getMessage());
            channel.close();
        });
    }

    private static void open(NetSocket socket, UpgradeTicket ticket, Optional<PerMessageDeflate> deflate) {
        ChannelHandlerContext vertx = ((NetSocketInternal) socket).channelHandlerContext();
        try {
            leaveVertx(vertx);
            var webSocket = new WebSocketChannel(vertx.channel());
            var transport = new WebSocketTransport(webSocket, ticket);
            webSocket.attach(transport, ticket.engine().options().maxHttpBufferSize(), deflate);
            transport.opened();
            webSocket.watch();
        } catch (RuntimeException e) {
            LOG.error("A WebSocket could not be opened", e);
            vertx.channel().close();
        }
    }

    /** For Vert.x the connection is over; its handlers, and what they hold, are gone from the channel. */
    private static void leaveVertx(ChannelHandlerContext vertx) {
        try {
            ((ChannelInboundHandler) vertx.handler()).channelInactive(vertx);
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server failed to end a connection that is upgraded", e);
        }
        vertx.pipeline().remove(vertx.name());
        vertx.pipeline().remove(EARLY);
        if (vertx.pipeline().get("idle") != null) {
            // Heartbeats find the dead; and the idle handler allocates a promise for every write.
            vertx.pipeline().remove("idle");
        }
    }

    private static String acceptance(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
