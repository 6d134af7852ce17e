package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Postgres outside of the server, which goes away and comes back. */
class PostgresAwayIT {

    private static final String REASON = "The following dependent services are unavailable: DB Service";

    private static ExternalPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = ExternalPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void aServerPausesWhilePostgresIsAwayAndGoesOnByItself() throws Exception {
        var config = new JsonObject()
                .put("dataSource", postgres.dataSource(ExternalPostgres.PASSWORD))
                .put("socketio", new JsonObject().put("pingInterval", 200));
        try (var server = ServerProcess.of(config).start();
                var author = RawClient.connect(server, "Ann");
                var reader = RawClient.connect(server, "Bob")) {
            var subscribed = reader.ask(
                    "topic:subscribe", new JsonObject().put("topic", "t").put("after", 0));
            assertThat(subscribed.getBoolean("live")).isTrue();
            assertThat(author.post("t", "before", "c1").getBoolean("ok")).isTrue();

            postgres.stop();
            assertThat(server.awaitState("paused").getString("reason")).isEqualTo(REASON);
            assertPaused(server, author);
            assertHeartbeatsGoOn(author, reader);

            postgres.resume();
            assertThat(server.awaitState("running").containsKey("reason")).isFalse();
            assertThat(server.get("/status/ready").statusCode()).isEqualTo(200);
            assertThat(author.post("t", "while away", "c2").getBoolean("ok")).isTrue();
            assertThat(author.post("t", "after", "c3").getBoolean("ok")).isTrue();

            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> reader.events("comment:posted").size() == 3);
            assertThat(reader.events("comment:posted").stream()
                            .map(change -> change.getJsonObject("comment").getString("text")))
                    .containsExactly("before", "while away", "after");
            assertThat(Comments.changes(server, "t")).hasSize(3);
            StandaloneIT.assertReadable(server.output());
            assertThat(server.output()).doesNotContain(ExternalPostgres.PASSWORD);
        }
    }

    private static void assertPaused(ServerProcess server, RawClient author) throws Exception {
        // It has run: it stays where its clients are.
        assertThat(server.get("/status/ready").statusCode()).isEqualTo(200);
        assertThat(server.get("/status/live").statusCode()).isEqualTo(200);
        assertThat(server.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.get("/q/health/live").statusCode()).isEqualTo(200);

        var refused = author.post("t", "while away", "c2");
        assertThat(refused.getBoolean("ok")).isFalse();
        assertThat(refused.getJsonObject("error").getString("code")).isEqualTo("unavailable");
        assertThat(refused.getJsonObject("error").getString("message")).contains(REASON);

        var rest = server.post(
                "/api/v1/topics/t/comments", new JsonObject().put("text", "x").put("clientId", "c9"));
        assertThat(rest.statusCode()).isEqualTo(503);
        assertThat(rest.headers().firstValue("Retry-After")).isPresent();

        var handshake = server.get("/socket.io/?EIO=4&transport=polling");
        assertThat(handshake.statusCode()).isEqualTo(503);
        assertThat(handshake.headers().firstValue("Retry-After")).isPresent();
        assertThat(new JsonObject(handshake.body()).getString("message")).isEqualTo(REASON);
    }

    private static void assertHeartbeatsGoOn(RawClient... clients) {
        for (RawClient client : clients) {
            int before = client.pings();
            await().atMost(Duration.ofSeconds(30)).until(() -> client.pings() >= before + 3);
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsSaidAndNotShown() {
        var config = new JsonObject().put("dataSource", postgres.dataSource("wr0ng-passw0rd"));
        try (var server = ServerProcess.of(config)) {
            server.launch();
            assertThat(server.exitCode()).isNotZero();
            assertThat(server.output()).contains("password").contains("collab").doesNotContain("wr0ng-passw0rd");
            StandaloneIT.assertReadable(server.output());
        }
    }
}
