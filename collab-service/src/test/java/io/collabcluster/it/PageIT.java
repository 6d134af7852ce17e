package io.collabcluster.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page in a browser, while its server is killed and started again. */
class PageIT {

    @BeforeAll
    static void prepare() throws Exception {
        JavaScriptTests.prepare();
    }

    @Test
    void twoBrowsersTalkAndRecoverFromTheServersDeath() throws Exception {
        String chromium = JavaScriptTests.chromium();
        try (var server = ServerProcess.of(new JsonObject()).start()) {
            HttpServer control = control(server);
            try {
                JavaScriptTests.run(
                        Map.of(
                                "SERVER_URL",
                                server.url(""),
                                "CONTROL_URL",
                                "http://127.0.0.1:" + control.getAddress().getPort(),
                                "CHROMIUM",
                                chromium),
                        "page.test.mjs");
            } finally {
                control.stop(0);
            }
        }
    }

    @Test
    void oneSignsInByTokenAndRenewsItInTime() throws Exception {
        String chromium = JavaScriptTests.chromium();
        var secret = "a secret for tests with 32 bytes or more";
        var config = new JsonObject().put("access", new JsonObject().put("jwtSecret", secret));
        try (var server = ServerProcess.of(config).start()) {
            JavaScriptTests.run(
                    Map.of("SERVER_URL", server.url(""), "JWT_SECRET", secret, "CHROMIUM", chromium),
                    "page-token.test.mjs");
        }
    }

    /** By which the browser's test kills the server and starts it again, on the same data folder. */
    private static HttpServer control(ServerProcess server) throws IOException {
        var control = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        control.createContext("/kill", exchange -> answer(exchange, server::kill9));
        control.createContext("/start", exchange -> answer(exchange, server::start));
        control.start();
        return control;
    }

    private static void answer(HttpExchange exchange, Runnable action) throws IOException {
        try (exchange) {
            action.run();
            exchange.sendResponseHeaders(200, -1);
        }
    }
}
