package io.collabcluster.engineio;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * The WebSocket endpoint of all Engine.IO servers of the process. It is reached by a re-route from their gates only.
 * Everything runs on the connection's event loop, at once and in order: nothing is queued per message.
 */
@WebSocket(
        path = WebSocketEndpoint.PATH,
        endpointId = WebSocketEndpoint.ID,
        inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class WebSocketEndpoint {

    static final String PATH = "/engineio-websocket";
    static final String ID = "engineio";
    static final TypedKey<WebSocketTransport> TRANSPORT = new TypedKey<>("engineio");

    private static final Logger LOG = Logger.getLogger(WebSocketEndpoint.class);

    @OnOpen
    @NonBlocking
    void open(WebSocketConnection connection) {
        transport(connection).opened(connection);
    }

    @OnTextMessage
    @NonBlocking
    void text(String message, WebSocketConnection connection) {
        transport(connection).text(message);
    }

    @OnBinaryMessage
    @NonBlocking
    void binary(Buffer message, WebSocketConnection connection) {
        transport(connection).binary(message.getBytes());
    }

    @OnClose
    @NonBlocking
    void close(WebSocketConnection connection) {
        transport(connection).disconnected(CloseReason.TRANSPORT_CLOSE);
    }

    @OnError
    @NonBlocking
    void error(Throwable failure, WebSocketConnection connection) {
        if (failure instanceof HttpClosedException || failure instanceof IOException) {
            transport(connection).disconnected(CloseReason.TRANSPORT_CLOSE);
            return;
        }
        LOG.infof("WebSocket of %s is closed: %s", connection.handshakeRequest().remoteAddress(), failure.getMessage());
        transport(connection)
                .failed(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "message refused: malformed or too large");
    }

    private static WebSocketTransport transport(WebSocketConnection connection) {
        return connection.userData().get(TRANSPORT);
    }
}
