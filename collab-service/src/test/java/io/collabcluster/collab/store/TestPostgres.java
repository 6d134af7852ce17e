package io.collabcluster.collab.store;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** One embedded Postgres for all tests of a JVM, whatever their class loader, with a database for each test class. */
public final class TestPostgres {

    private static final String ADDRESS = "collab.test.postgres";

    private static final Path FOLDER = Path.of("target/test-postgres");

    private TestPostgres() {}

    /** A new database with the tables in it. */
    public static PostgresOptions database(Class<?> test, Vertx vertx) {
        PostgresOptions options = emptyDatabase(test.getSimpleName());
        new Schema(vertx, options).migrate(reason -> {}).await().atMost(Duration.ofSeconds(60));
        return options;
    }

    public static synchronized PostgresOptions emptyDatabase(String name) {
        String database = name.toLowerCase(Locale.ROOT);
        PostgresOptions server = server();
        try (var connection = dataSource(server).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + database + " with (force)");
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return with(server, database, server.password().orElseThrow());
    }

    public static PostgresOptions with(PostgresOptions server, String database, String password) {
        return new PostgresOptions(
                Optional.empty(),
                server.host(),
                server.port(),
                database,
                server.username(),
                Optional.of(password),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                server.poolSize());
    }

    public static PGSimpleDataSource dataSource(PostgresOptions options) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {options.host()});
        source.setPortNumbers(new int[] {options.port()});
        source.setDatabaseName(options.database());
        source.setUser(options.username());
        source.setPassword(options.password().orElseThrow());
        return source;
    }

    /** The folder that the programs are unpacked in. */
    public static List<Path> programs() throws IOException {
        server();
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().startsWith("postgres-"))
                    .toList();
        }
    }

    private static PostgresOptions server() {
        synchronized (System.getProperties()) {
            String known = System.getProperty(ADDRESS);
            if (known == null) {
                var server = EmbeddedPostgresServer.start(FOLDER, Map.of("fsync", "off"));
                Runtime.getRuntime().addShutdownHook(new Thread(server::close));
                PostgresOptions options = server.options(10);
                known = options.port() + " " + options.password().orElseThrow();
                System.setProperty(ADDRESS, known);
            }
            String[] parts = known.split(" ");
            return new PostgresOptions(
                    Optional.empty(),
                    "127.0.0.1",
                    Integer.parseInt(parts[0]),
                    "collab",
                    "collab",
                    Optional.of(parts[1]),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    10);
        }
    }
}
