package io.collabcluster.collab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

class EmbeddedPostgresServerTest {

    private static final Duration STARTED = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    /** Unpacking the programs anew takes longer than all the rest. */
    @BeforeEach
    void linkPrograms() throws IOException {
        for (Path programs : TestPostgres.programs()) {
            Files.createSymbolicLink(folder.resolve(programs.getFileName()), programs.toAbsolutePath());
        }
    }

    @Test
    void whatWasCommittedIsThereAfterARestart() throws SQLException {
        try (var server = EmbeddedPostgresServer.start(folder)) {
            execute(server.options(1), "create table kept as select 42 as number");
            assertThat(text(server.options(1), "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(text(server.options(1), "show unix_socket_directories")).isEmpty();
            assertThat(text(server.options(1), "show fsync")).isEqualTo("on");
            assertThat(text(server.options(1), "show synchronous_commit")).isEqualTo("on");
        }
        try (var server = EmbeddedPostgresServer.start(folder)) {
            assertThat(text(server.options(1), "select number from kept")).isEqualTo("42");
        }
        assertThat(folder.resolve("db/postmaster.pid")).doesNotExist();
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (var server = EmbeddedPostgresServer.start(folder)) {
            PostgresOptions wrong = TestPostgres.with(server.options(1), "collab", "wrong");
            assertThatThrownBy(() -> text(wrong, "select 1")).hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void aSecondStartOnTheFolderIsRefusedWithTheProcessThatHasIt() throws Exception {
        try (var server = EmbeddedPostgresServer.start(folder)) {
            String self = "in use by the process " + ProcessHandle.current().pid();
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(folder))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining(self)
                    .hasMessageContaining(folder.toString());
            Process other = spawn();
            assertThat(line(other)).startsWith("refused ").contains(self, folder.toString());
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(text(server.options(1), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void thePostgresOfAKilledServerIsStoppedAndNothingIsLost() throws Exception {
        Process killed = spawn();
        String[] ready = line(killed).split(" ");
        assertThat(ready[0]).isEqualTo("ready");
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(ready[1])).orElseThrow();
        execute(options(Integer.parseInt(ready[2]), ready[3]), "create table kept as select 42 as number");
        killed.destroyForcibly().waitFor();
        assertThat(runs(orphan)).isTrue();

        try (var server = EmbeddedPostgresServer.start(folder)) {
            assertThat(runs(orphan)).isFalse();
            assertThat(text(server.options(1), "select number from kept")).isEqualTo("42");
        }
    }

    @Test
    void aPidFileThatNamesAnotherProcessIsNoHindrance() throws IOException, SQLException {
        EmbeddedPostgresServer.start(folder).close();
        Files.writeString(
                folder.resolve("db/postmaster.pid"), ProcessHandle.current().pid() + "\n/elsewhere\n");

        try (var server = EmbeddedPostgresServer.start(folder)) {
            assertThat(text(server.options(1), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void aPostgresThatEndsByItselfIsStartedAgain() throws SQLException {
        try (var server = EmbeddedPostgresServer.start(folder)) {
            execute(server.options(1), "create table kept as select 42 as number");
            long first = server.pid();
            assertThat(ProcessHandle.of(first).orElseThrow().destroyForcibly()).isTrue();

            await().atMost(STARTED)
                    .ignoreExceptions()
                    .until(() -> server.pid() != first
                            && text(server.options(1), "select number from kept")
                                    .equals("42"));
        }
    }

    @Test
    void aHalfMadeDatabaseIsMadeAnew() throws IOException, SQLException {
        EmbeddedPostgresServer.start(folder).close();
        Files.move(folder.resolve("db"), folder.resolve("db-unfinished"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(folder.resolve("db-unfinished/PG_VERSION"));

        try (var server = EmbeddedPostgresServer.start(folder)) {
            assertThat(text(server.options(1), "select 1")).isEqualTo("1");
        }
        assertThat(folder.resolve("db-unfinished")).doesNotExist();
    }

    @Test
    void dataOfAnotherVersionIsNotTouched() throws IOException {
        Files.createDirectories(folder.resolve("db"));
        Files.writeString(folder.resolve("db/PG_VERSION"), "15\n");
        Files.writeString(folder.resolve("password"), "x\n");

        assertThatThrownBy(() -> EmbeddedPostgresServer.start(folder))
                .hasMessageContaining("Postgres 15")
                .hasMessageContaining("pg_dump");
    }

    @Test
    void aFileInPlaceOfTheFolderIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> EmbeddedPostgresServer.start(file))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        // The first is full before the programs are unpacked, the second while the database is made.
        for (String size : List.of("20m", "90m")) {
            Path disk = Files.createDirectories(folder.resolve("disk"));
            assumeTrue(mount(disk, "size=" + size), "a small disk can't be mounted here");
            try {
                assertThatThrownBy(() -> EmbeddedPostgresServer.start(disk.resolve("data")))
                        .isInstanceOf(EmbeddedPostgresException.class)
                        .hasMessageContaining("full")
                        .hasMessageContaining(disk.resolve("data").toString())
                        .message()
                        .doesNotContain("\n");
            } finally {
                run("umount", disk.toString());
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToIsTold() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(mount(disk, "ro"), "a disk can't be mounted here");
        try {
            assertThatThrownBy(() -> EmbeddedPostgresServer.start(disk))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("Read-only file system")
                    .hasMessageContaining(disk.toString());
        } finally {
            run("umount", disk.toString());
        }
    }

    /** A process that has ended counts as alive until its parent takes notice; it has no command then. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean mount(Path disk, String option) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", option, "tmpfs", disk.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    private Process spawn() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        EmbeddedPostgresMain.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String line(Process process) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("ready ") && !line.startsWith("refused ")) {
            line = lines.readLine();
        }
        return line;
    }

    private static PostgresOptions options(int port, String password) {
        return new PostgresOptions(
                Optional.empty(),
                "127.0.0.1",
                port,
                "collab",
                "collab",
                Optional.of(password),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1);
    }

    private static void execute(PostgresOptions options, String sql) throws SQLException {
        try (var connection = TestPostgres.dataSource(options).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(PostgresOptions options, String sql) throws SQLException {
        PGSimpleDataSource source = TestPostgres.dataSource(options);
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
