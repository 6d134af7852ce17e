package io.collabcluster.it;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged server with the official client from npm. */
class JavaScriptClientIT {

    private static final JsonObject ECHO = new JsonObject().put("diagnostics", new JsonObject().put("echo", true));

    @BeforeAll
    static void prepare() throws Exception {
        JavaScriptTests.prepare();
    }

    @Test
    void thePublishedProtocolSuitesPass() throws Exception {
        var quick = new JsonObject()
                .put("pingInterval", 300)
                .put("pingTimeout", 1_500)
                .put("connectTimeout", 3_000)
                .put("maxHttpBufferSize", 1_000_000);
        try (var server = ServerProcess.of(ECHO.copy().put("socketio", quick)).start()) {
            // One file after the other: their heartbeats leave no time for a busy machine.
            JavaScriptTests.run(Map.of("SERVER_URL", server.url("")), "engineio.test.mjs");
            JavaScriptTests.run(Map.of("SERVER_URL", server.url("")), "socketio.test.mjs");
        }
    }

    @Test
    void theOfficialClientTalksToTheEchoApplication() throws Exception {
        try (var server = ServerProcess.of(ECHO).start()) {
            JavaScriptTests.run(Map.of("SERVER_URL", server.url("")), "official-client.test.mjs");
        }
    }

    @Test
    void theOfficialClientPostsAndFollowsComments() throws Exception {
        try (var server = ServerProcess.of(new JsonObject()).start()) {
            JavaScriptTests.run(Map.of("SERVER_URL", server.url("")), "comments.test.mjs");
        }
    }
}
