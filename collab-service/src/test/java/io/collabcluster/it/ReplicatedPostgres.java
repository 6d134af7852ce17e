package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.cluster.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A primary, and a standby that follows it: what the primary has acknowledged, the standby has on its disk. The primary can
 * be killed, and the standby promoted.
 */
final class ReplicatedPostgres implements AutoCloseable {

    private static final String PASSWORD = "correct-horse-battery";

    private final Path folder;
    private final int primaryPort = FreePorts.next();
    private final int standbyPort = FreePorts.next();
    private EmbeddedPostgres primary;
    private EmbeddedPostgres standby;
    private boolean killed;

    private ReplicatedPostgres(Path folder) {
        this.folder = folder;
    }

    static ReplicatedPostgres start() throws Exception {
        var pair = new ReplicatedPostgres(Files.createTempDirectory("collab-pg"));
        Files.writeString(pair.hba(), """
                host replication postgres 127.0.0.1/32 trust
                host all         postgres 127.0.0.1/32 trust
                host all         all      127.0.0.1/32 scram-sha-256
                """);
        pair.begin();
        return pair;
    }

    private void begin() throws IOException, SQLException {
        primary = builder("primary", primaryPort).start();
        execute(primary, "create role collab login password '" + PASSWORD + "'");
        execute(primary, "create database mstr_collab owner collab");
        primary.close();
        copy(data("primary"), data("standby"));
        Files.createFile(data("standby").resolve("standby.signal"));
        primary = builder("primary", primaryPort)
                .setServerConfig("synchronous_standby_names", "*")
                .start();
        Files.writeString(
                data("standby").resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 user=postgres port=" + primaryPort + "'");
        standby = builder("standby", standbyPort).start();
    }

    private EmbeddedPostgres.Builder builder(String name, int port) {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data(name))
                .setCleanDataDirectory(false)
                .setServerConfig("hba_file", hba().toString())
                .setServerConfig("synchronous_commit", "on")
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    private Path hba() {
        return folder.resolve("pg_hba.conf");
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    /** Both servers, as {@code dburl} names them. */
    String url() {
        return "postgresql://collab:" + PASSWORD + "@127.0.0.1:" + primaryPort + ",127.0.0.1:" + standbyPort
                + "/mstr_collab";
    }

    /** {@code kill -9}, of all of its processes. */
    void killPrimary() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(data("primary").resolve("postmaster.pid"))
                .getFirst()
                .trim());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        killed = true;
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    void promoteStandby() throws SQLException {
        execute(standby, "select pg_promote()");
    }

    @Override
    public void close() throws IOException {
        standby.close();
        if (!killed) {
            primary.close();
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
    }
}
