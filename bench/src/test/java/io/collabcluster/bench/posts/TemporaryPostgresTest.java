package io.collabcluster.bench.posts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporaryPostgresTest {

    private static TemporaryPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = TemporaryPostgres.start();
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void tables() {
        postgres.execute("drop schema if exists collab cascade");
        postgres.execute("create schema collab");
        postgres.execute("create table collab.topic (id text, head bigint)");
        postgres.execute("create table collab.comment (topic text, sequence bigint)");
        postgres.execute("insert into collab.topic values ('a', 2), ('b', 1)");
        postgres.execute("insert into collab.comment values ('a', 1), ('a', 2), ('b', 1)");
    }

    @Test
    void whatItCommitsIsOnDisk() {
        TemporaryPostgres.DURABLE.forEach(
                (name, value) -> assertThat(postgres.text("show " + name)).isEqualTo(value));
    }

    @Test
    void itsFolderIsGoneWhenItIsClosed() {
        var other = TemporaryPostgres.start();
        Path folder = Path.of(other.text("show data_directory"));
        assertThat(Files.exists(folder)).isTrue();
        other.close();
        assertThat(Files.exists(folder.getParent())).isFalse();
    }

    @Test
    void nothingIsMissingWhereEveryPostIsThere() {
        assertThat(postgres.missing(3)).isZero();
    }

    @Test
    void aPostThatWasAcknowledgedAndIsNotThereIsMissing() {
        assertThat(postgres.missing(4)).isEqualTo(1);
    }

    @Test
    void aHoleInASequenceIsSeen() {
        postgres.execute("update collab.comment set sequence = 3 where sequence = 2");
        assertThat(postgres.missing(3)).isPositive();
    }

    @Test
    void anEmptyTableMissesAll() {
        postgres.execute("truncate collab.topic, collab.comment");
        assertThat(postgres.missing(5)).isEqualTo(5);
    }
}
