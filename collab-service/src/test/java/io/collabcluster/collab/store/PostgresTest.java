package io.collabcluster.collab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.collabcluster.collab.store.PostgresException.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PostgresTest {

    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aReachableServerPassesTheCheck() {
        PostgresOptions options = TestPostgres.emptyDatabase("checked");
        try (var postgres = new Postgres(VERTX, options)) {
            done(postgres.check());
            assertThat(postgres.use().waiting()).isZero();
        }
    }

    @Test
    void thePoolTellsWhatIsInUseAndWhatWaits() {
        PostgresOptions options = TestPostgres.emptyDatabase("used");
        try (var postgres = new Postgres(VERTX, options)) {
            for (int i = 0; i < 25; i++) {
                postgres.query("select pg_sleep(1)", Tuple.tuple()).subscribe().with(rows -> {}, error -> {});
            }
            await().untilAsserted(() -> assertThat(postgres.use()).isEqualTo(new Postgres.Use(10, 0, 15)));
            await().untilAsserted(() -> assertThat(postgres.use()).isEqualTo(new Postgres.Use(0, 10, 0)));
        }
    }

    @Test
    void aStatementThatTakesTooLongIsEndedByTheServer() {
        PostgresOptions options = TestPostgres.emptyDatabase("slow");
        try (var postgres = new Postgres(VERTX, options)) {
            assertFault(postgres.query("select pg_sleep(60)", Tuple.tuple()), Kind.UNAVAILABLE, "statement timeout");
        }
    }

    @Test
    void aWrongPasswordIsOneLineThatSaysWhatToDo() {
        PostgresOptions server = TestPostgres.emptyDatabase("secret");
        PostgresOptions wrong = TestPostgres.with(server, "secret", "not-this");

        assertFault(new Schema(VERTX, wrong).migrate(reason -> {}), Kind.MISCONFIGURED, "dataSource.password");
        try (var postgres = new Postgres(VERTX, wrong)) {
            assertFault(postgres.check(), Kind.MISCONFIGURED, "refuses the user \"collab\"");
        }
    }

    @Test
    void aMissingDatabaseIsOneLineThatSaysWhatToDo() {
        PostgresOptions server = TestPostgres.emptyDatabase("present");
        PostgresOptions missing =
                TestPostgres.with(server, "absent", server.password().orElseThrow());

        assertFault(new Schema(VERTX, missing).migrate(reason -> {}), Kind.MISCONFIGURED, "no database \"absent\"");
        try (var postgres = new Postgres(VERTX, missing)) {
            assertFault(postgres.check(), Kind.MISCONFIGURED, "createdb");
        }
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws IOException {
        try (var postgres = new Postgres(VERTX, at("localhost:" + freePort()))) {
            assertFault(postgres.check(), Kind.UNAVAILABLE, "can't be reached: Connection refused");
        }
    }

    @Test
    void migrationsWaitForTheServer() throws IOException {
        var reasons = new CopyOnWriteArrayList<String>();
        var cancelled = new Schema(VERTX, at("localhost:" + freePort()))
                .migrate(reasons::add)
                .subscribe()
                .with(done -> {}, error -> {});
        await().until(() -> reasons.size() >= 2);
        cancelled.cancel();
        assertThat(reasons)
                .allSatisfy(reason ->
                        assertThat(reason).contains("can't be reached").doesNotContain("\n"));
    }

    @Test
    void migrationsOfSeveralNodesAtOnceDoNotDisturbEachOther() throws SQLException {
        PostgresOptions options = TestPostgres.emptyDatabase("migrated");
        var nodes = List.of(1, 2, 3, 4).stream()
                .map(node -> new Schema(VERTX, options).migrate(reason -> {}))
                .toList();
        Uni.join().all(nodes).andFailFast().await().atMost(Duration.ofSeconds(60));

        try (var connection = TestPostgres.dataSource(options).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from collab.comment")) {
            assertThat(rows.next()).isTrue();
        }
    }

    @Test
    void ofSeveralServersThePrimaryIsUsed() throws IOException, SQLException {
        PostgresOptions server = TestPostgres.emptyDatabase("replicated");
        PostgresOptions several = at("localhost:" + freePort() + ",127.0.0.1:" + server.port(), server);

        done(new Schema(VERTX, several).migrate(reason -> {}));
        try (var postgres = new Postgres(VERTX, several)) {
            done(postgres.check());
        }
    }

    @Test
    void aUrlIsTakenApart() {
        var target = PostgresTarget.of(at("a:1,[::1]:2,c", "us%40er:p%3Aw+", "db%2F1?sslmode=require"));

        assertThat(target.servers())
                .containsExactly(
                        new PostgresTarget.Server("a", 1),
                        new PostgresTarget.Server("::1", 2),
                        new PostgresTarget.Server("c", 5432));
        assertThat(target.username()).isEqualTo("us@er");
        assertThat(target.password()).contains("p:w+");
        assertThat(target.database()).isEqualTo("db/1");
        assertThat(target.tls().mode().name()).isEqualTo("REQUIRE");
        assertThat(target.toString()).doesNotContain("p:w");
    }

    @Test
    void aUrlThatIsNoneIsToldWithoutItsPassword() {
        for (String url : List.of("mysql://u:secret@h/d", "postgres://u:secret@h:0/d", "postgres://u:secret@,h/d")) {
            assertThatThrownBy(() -> new Postgres(VERTX, url(url)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected")
                    .message()
                    .doesNotContain("secret");
        }
    }

    private static PostgresOptions at(String hosts) {
        return at(hosts, "collab:x", "collab");
    }

    private static PostgresOptions at(String hosts, PostgresOptions server) {
        return at(hosts, server.username() + ":" + server.password().orElseThrow(), server.database());
    }

    private static PostgresOptions at(String hosts, String user, String database) {
        return url("postgresql://" + user + "@" + hosts + "/" + database);
    }

    private static PostgresOptions url(String url) {
        return new PostgresOptions(
                Optional.of(url),
                "",
                0,
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                2);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }

    private static void assertFault(Uni<?> uni, Kind kind, String message) {
        assertThatThrownBy(() -> done(uni)).isInstanceOfSatisfying(PostgresException.class, fault -> {
            assertThat(fault.kind()).isEqualTo(kind);
            assertThat(fault).hasMessageContaining(message);
            assertThat(fault.getMessage()).doesNotContain("\n").doesNotContain("not-this");
        });
    }
}
