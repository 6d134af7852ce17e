package io.collabcluster.bench.posts;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** An empty Postgres, which keeps what it commits as one in production does. Its data are gone when it is closed. */
public final class TemporaryPostgres implements AutoCloseable {

    /** The embedded Postgres is made for tests, and switches all three off. */
    static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    static final String HOST = "127.0.0.1";
    static final String USER = "postgres";
    static final String DATABASE = "postgres";

    private final Path folder;
    private final EmbeddedPostgres server;

    private TemporaryPostgres(Path folder) throws IOException {
        this.folder = folder;
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setPGStartupWait(Duration.ofMinutes(1))
                // PostStatement reads a statement there, which must not be cut.
                .setServerConfig("track_activity_query_size", "16384");
        DURABLE.forEach(builder::setServerConfig);
        server = builder.start();
    }

    public static TemporaryPostgres start() {
        try {
            Path folder = Files.createTempDirectory(onDisk(), "collab-bench-postgres");
            try {
                var postgres = new TemporaryPostgres(folder);
                postgres.checkDurable();
                return postgres;
            } catch (IOException | RuntimeException e) {
                Folders.delete(folder);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres did not start", e);
        }
    }

    /** A folder for temporary files that are not kept in memory, where writing to disk would cost nothing. */
    private static Path onDisk() throws IOException {
        Path usual = Path.of(System.getProperty("java.io.tmpdir"));
        Path other = Path.of("/var/tmp");
        boolean inMemory = Files.getFileStore(usual).type().equals("tmpfs");
        return inMemory && Files.isWritable(other) ? other : usual;
    }

    private void checkDurable() {
        DURABLE.forEach((name, value) -> {
            String actual = text("show " + name);
            if (!actual.equals(value)) {
                close();
                throw new IllegalStateException(
                        "Postgres has " + name + "=" + actual + ": its figures would mean nothing");
            }
        });
    }

    int port() {
        return server.getPort();
    }

    DataSource database() {
        return server.getPostgresDatabase();
    }

    /** The first column of a query's first row; empty where there is none. */
    String text(String sql) {
        try (var connection = database().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (var connection = database().getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * How many of the acknowledged posts are not there, or more are there than were acknowledged; and every hole in a
     * topic's sequence.
     */
    public long missing(long acknowledged) {
        return Long.parseLong(text("""
                select abs(%d - coalesce(sum(posts), 0)) + coalesce(sum(abs(head - posts) + abs(head - last)), 0)
                from collab.topic t,
                    lateral (select count(*) posts, coalesce(max(sequence), 0) last from collab.comment where topic = t.id) c
                """.formatted(acknowledged)));
    }

    @Override
    public void close() {
        try {
            server.close();
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Postgres did not end", e);
        }
    }
}
