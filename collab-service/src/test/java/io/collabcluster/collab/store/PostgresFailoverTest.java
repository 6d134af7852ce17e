package io.collabcluster.collab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A primary and a copy of it that stands by. */
class PostgresFailoverTest {

    private static final Map<String, String> FAST = Map.of("fsync", "off");

    @TempDir
    Path folder;

    @Test
    void thePrimaryIsUsedAndFollowedWhenItBecomesAnother() throws Exception {
        Path first = Files.createDirectory(folder.resolve("first"));
        for (Path programs : TestPostgres.programs()) {
            Files.createSymbolicLink(first.resolve(programs.getFileName()), programs.toAbsolutePath());
        }
        EmbeddedPostgresServer.start(first, FAST).close();
        Path second = copy(first, folder.resolve("second"));
        Files.createFile(second.resolve("db/standby.signal"));

        Vertx vertx = Vertx.vertx();
        try (var primary = EmbeddedPostgresServer.start(first, FAST);
                var standby = EmbeddedPostgresServer.start(second, FAST);
                var alone = new Postgres(vertx, standby.options(1));
                var both = new Postgres(vertx, several(standby.options(2), primary.options(2)))) {
            assertThatThrownBy(() -> done(alone.check())).hasMessageContaining("is a standby");
            done(both.check());
            done(both.query("create table told as select 'first' as who", Tuple.tuple()));

            stop(primary);
            done(alone.query("select pg_promote()", Tuple.tuple()));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(() -> {
                done(both.check());
                done(both.query("create table told as select 'second' as who", Tuple.tuple()));
            });
            assertThat(done(both.query("select who from told", Tuple.tuple()))
                            .iterator()
                            .next()
                            .getString(0))
                    .isEqualTo("second");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static PostgresOptions several(PostgresOptions one, PostgresOptions other) {
        return new PostgresOptions(
                Optional.of("postgres://collab:" + one.password().orElseThrow() + "@127.0.0.1:" + one.port()
                        + ",127.0.0.1:" + other.port() + "/collab"),
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

    private static Path copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(
                        to.resolve(from.relativize(source)),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path source, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(source));
                if (attributes.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Files.readSymbolicLink(source));
                } else {
                    Files.copy(source, target);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return to;
    }

    private static void stop(EmbeddedPostgresServer server) {
        server.close();
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
