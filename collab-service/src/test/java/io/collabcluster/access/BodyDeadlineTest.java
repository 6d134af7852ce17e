package io.collabcluster.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyDeadlineTest {

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        var router = Router.router(vertx);
        new BodyDeadline(Duration.ofMillis(200)).route(router);
        router.route("/wait").handler(rc -> vertx.setTimer(600, due -> rc.end("waited")));
        router.route().handler(rc -> rc.request().body().onSuccess(body -> rc.end("got " + body.length())));
        server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private String answerTo(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.actualPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new StringBuilder();
            var in = socket.getInputStream();
            for (int read = in.read(); read >= 0; read = in.read()) {
                answer.append((char) read);
            }
            return answer.toString();
        }
    }

    @Test
    void aBodyThatDoesNotComeEndsTheConnection() throws Exception {
        assertThat(answerTo("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"))
                .isEmpty();
    }

    @Test
    void aWholeBodyIsServed() throws Exception {
        assertThat(answerTo("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4\r\n\r\nfull"))
                .endsWith("got 4");
    }

    @Test
    void aRequestWithoutABodyMayWaitForItsAnswer() throws Exception {
        assertThat(answerTo("GET /wait HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .endsWith("waited");
    }
}
