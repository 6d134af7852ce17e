package io.collabcluster.collab.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The Postgres of a standalone node, with all that it has in one folder: the programs, the data, its log and the
 * password. It listens on a free port of 127.0.0.1 only. One process may use the folder at a time; one that was killed
 * leaves nothing that hinders the next start. When Postgres ends by itself it is started again.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(EmbeddedPostgresServer.class);
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    private static final long LOG_BYTES = 10 << 20;
    private static final String USER = "collab";
    private static final String DATABASE = "collab";

    private final Path folder;
    private final Path data;
    private final Map<String, String> settings;
    private final FolderLock lock;
    private final PostgresPrograms programs;
    private final String password;
    private final int port;
    private volatile Process postmaster;
    private volatile boolean closed;

    /** Blocks until it can be used. Throws {@link EmbeddedPostgresException}. */
    public static EmbeddedPostgresServer start(Path dataFolder) {
        return start(dataFolder, Map.of());
    }

    /** @param settings of postgresql.conf */
    static EmbeddedPostgresServer start(Path dataFolder, Map<String, String> settings) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        FolderLock lock = null;
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            lock = FolderLock.take(folder);
            return new EmbeddedPostgresServer(folder, settings, lock);
        } catch (IOException e) {
            release(lock);
            throw explained(folder, e);
        } catch (InterruptedException e) {
            release(lock);
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while Postgres started in " + folder);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private EmbeddedPostgresServer(Path folder, Map<String, String> settings, FolderLock lock)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.settings = settings;
        this.lock = lock;
        data = folder.resolve("db");
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log) && Files.size(log) > LOG_BYTES) {
            Files.delete(log);
        }
        programs = new PostgresPrograms(PostgresBinaries.unpack(folder), log);
        var cluster = new PostgresCluster(folder, data, programs);
        password = cluster.create(USER);
        new OrphanedPostgres(data, programs).stop();
        port = freePort();
        startPostmaster();
        try {
            createDatabase();
        } catch (SQLException e) {
            close();
            throw new EmbeddedPostgresException("Postgres in " + folder + " has no database: " + e.getMessage());
        }
    }

    private void startPostmaster() throws IOException, InterruptedException {
        long logged = programs.logSize();
        var arguments = new ArrayList<>(List.of("-D", data.toString()));
        Map.of(
                        "listen_addresses", "127.0.0.1",
                        "port", Integer.toString(port),
                        "unix_socket_directories", "",
                        "max_connections", "200",
                        "timezone", "UTC",
                        // What people wrote does not belong in a log.
                        "log_min_error_statement", "panic")
                .forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        settings.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
        Process process = programs.start("postgres", arguments);
        postmaster = process;
        awaitReady(process, logged);
        process.onExit().thenRunAsync(this::restart, task -> Thread.ofVirtual().start(task));
    }

    private void awaitReady(Process process, long logged) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                dataSource("postgres").getConnection().close();
                return;
            } catch (SQLException e) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    throw PostgresCluster.failed("Postgres can't start", folder, programs.said(logged));
                }
                if (System.nanoTime() > deadline) {
                    process.destroyForcibly();
                    throw new EmbeddedPostgresException("Postgres in " + folder + " was not ready after "
                            + START.toSeconds() + " s; its log is " + folder.resolve("postgres.log"));
                }
            }
        }
    }

    private void restart() {
        while (!closed) {
            try {
                LOG.warnf("Postgres in %s ended by itself: starting it again", folder);
                new OrphanedPostgres(data, programs).stop();
                if (!closed) {
                    startPostmaster();
                }
                return;
            } catch (IOException | EmbeddedPostgresException e) {
                LOG.warnf("Postgres in %s does not start: %s", folder, e.getMessage());
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void createDatabase() throws SQLException {
        try (Connection connection = dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + DATABASE);
        }
    }

    private PGSimpleDataSource dataSource(String database) {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName(database);
        source.setUser(USER);
        source.setPassword(password);
        source.setConnectTimeout(2);
        source.setSocketTimeout(60);
        return source;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** How to connect to it. */
    public PostgresOptions options(int poolSize) {
        return new PostgresOptions(
                Optional.empty(),
                "127.0.0.1",
                port,
                DATABASE,
                USER,
                Optional.of(password),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                poolSize);
    }

    public long pid() {
        return postmaster.pid();
    }

    /** Stops Postgres; what was committed is on disk. Does nothing the second time. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            boolean stopped = programs.run(
                    "pg_ctl", List.of("-D", data.toString(), "stop", "-m", "fast", "-t", "20", "-w"), STOP);
            if (!stopped && postmaster.isAlive()) {
                LOG.warnf("Postgres in %s did not stop in time; it recovers at the next start", folder);
                postmaster.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.warnf("Postgres in %s can't be stopped: %s", folder, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            release(lock);
        }
    }

    private static void release(FolderLock lock) {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("a closed lock file is unlocked all the same", e);
        }
    }

    private static EmbeddedPostgresException explained(Path folder, IOException e) {
        return switch (e) {
            case AccessDeniedException denied ->
                new EmbeddedPostgresException("the data folder " + folder + " can't be written to (" + denied.getFile()
                        + "): let the server's user own it, or give another dataFolder");
            case FileAlreadyExistsException exists ->
                new EmbeddedPostgresException(
                        "the data folder " + folder + " is not a folder: " + exists.getFile() + " is a file");
            case NoSuchFileException missing
            when !Files.isDirectory(folder) ->
                new EmbeddedPostgresException("the data folder " + folder + " can't be made");
            default -> PostgresCluster.failed("Postgres can't start", folder, String.valueOf(e.getMessage()));
        };
    }
}
