package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.cluster.FreePorts;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;

/** A Postgres that can be stopped and started again at the same port with the same data, and that asks for a password. */
final class ExternalPostgres implements AutoCloseable {

    static final String PASSWORD = "correct-horse-battery";

    private final Path folder;
    private final int port = FreePorts.next();
    private EmbeddedPostgres running;

    private ExternalPostgres(Path folder) {
        this.folder = folder;
    }

    static ExternalPostgres start() throws Exception {
        var postgres = new ExternalPostgres(Files.createTempDirectory("collab-pg"));
        Files.writeString(postgres.hba(), """
                host all postgres 127.0.0.1/32 trust
                host all all      127.0.0.1/32 scram-sha-256
                """);
        postgres.resume();
        postgres.execute("create role collab login password '" + PASSWORD + "'");
        postgres.execute("create database mstr_collab owner collab");
        return postgres;
    }

    private Path hba() {
        return folder.resolve("pg_hba.conf");
    }

    void resume() throws IOException {
        running = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("hba_file", hba().toString())
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    void stop() throws IOException {
        running.close();
    }

    void execute(String sql) throws SQLException {
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.execute(sql)).isFalse();
        }
    }

    int port() {
        return port;
    }

    JsonObject dataSource(String password) {
        return new JsonObject()
                .put("host", "127.0.0.1")
                .put("port", port)
                .put("username", "collab")
                .put("password", password);
    }

    @Override
    public void close() throws IOException {
        running.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
