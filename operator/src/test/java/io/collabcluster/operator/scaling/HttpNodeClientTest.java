package io.collabcluster.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpNodeClientTest {

    private static final Node NODE = new Node("a", "127.0.0.1");

    private HttpServer server;
    private HttpNodeClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        client = new HttpNodeClient(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(String path, int code, String body) {
        server.createContext(path, exchange -> respond(exchange, code, body));
    }

    private static void respond(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void statusIsReadAsTheServerPublishesIt() {
        answer("/status", 200, """
                {"version":"11.0.0.720","enableTls":false,"scaling":"horizontal","logging":true,"state":"paused",
                 "reason":"The following dependent services are unavailable: DB Service, Redis Server",
                 "main":{"cpu":{"current":0,"max":17},"memory":{"current":62758912,"max":85626880},
                  "connections":{"total":12,"current":4,"max":11},"messages":{"processed":5},
                  "restCalls":{"received":3},"up_since":"2018-4-18 02:12:42","pid":900}}
                """);
        assertThat(client.status(NODE))
                .isEqualTo(new Reading.Answered(
                        "paused",
                        "The following dependent services are unavailable: DB Service, Redis Server",
                        4,
                        "11.0.0.720"));
    }

    @Test
    void noOtherProtocolIsOffered() {
        var offered = new AtomicReference<String>();
        server.createContext("/status", exchange -> {
            offered.set(exchange.getRequestHeaders().containsKey("Upgrade") + " " + exchange.getProtocol());
            respond(exchange, 200, "{}");
        });
        client.status(NODE);
        assertThat(offered.get()).isEqualTo("false HTTP/1.1");
    }

    @Test
    void whatIsNoStatusIsSaid() {
        answer("/status", 200, "{}");
        assertThat(client.status(NODE))
                .isEqualTo(new Reading.Unreachable("/status has no state: is it a collaboration server's?"));
    }

    @Test
    void errorsAndGarbageAreReadings() {
        answer("/status", 500, "broken");
        assertThat(client.status(NODE)).isEqualTo(new Reading.Unreachable("/status answers 500"));
        server.removeContext("/status");
        answer("/status", 200, "<html>");
        assertThat(client.status(NODE)).isInstanceOf(Reading.Unreachable.class);
        server.removeContext("/status");
        answer("/status", 200, "\"" + "x".repeat(100_000) + "\"");
        assertThat(client.status(NODE)).isInstanceOf(Reading.Unreachable.class);
        server.stop(0);
        assertThat(client.status(NODE)).isInstanceOf(Reading.Unreachable.class);
    }

    @Test
    void sheddingSendsTheShareAndTheToken() {
        var seen = new AtomicReference<String>();
        server.createContext("/admin/shed", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.set(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            respond(exchange, 202, "");
        });
        assertThat(client.shed(NODE, 1.0 / 3, "token")).isEmpty();
        assertThat(seen.get()).isEqualTo("POST Bearer token {\"share\":0.333}");
    }

    @Test
    void aRefusalToShedIsSaid() {
        answer("/admin/shed", 401, "");
        assertThat(client.shed(NODE, 0.5, "token")).contains("/admin/shed answers 401");
    }
}
