package io.collabcluster.it;

import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;

/** Sends one text after the other on a WebSocket, which itself refuses one while another is on its way. */
final class TextSender {

    private final WebSocket socket;
    private CompletableFuture<WebSocket> last;

    TextSender(WebSocket socket) {
        this.socket = socket;
        last = CompletableFuture.completedFuture(socket);
    }

    /** Any thread. Fails where one before it has failed. */
    synchronized CompletableFuture<WebSocket> send(String text) {
        last = last.thenCompose(_ -> socket.sendText(text, true));
        return last;
    }
}
