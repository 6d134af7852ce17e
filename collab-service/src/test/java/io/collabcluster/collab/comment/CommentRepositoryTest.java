package io.collabcluster.collab.comment;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.TestPostgres;
import io.collabcluster.collab.topic.ChangePage;
import io.collabcluster.collab.topic.TopicChange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CommentRepositoryTest {

    private static final Identity ANN = new Identity("ann", "Ann", Set.of(), Optional.empty());
    private static final Identity BOB = new Identity("bob", "Bob", Set.of(), Optional.empty());
    private static final Identity ADMIN = new Identity("root", "Root", Set.of("admin"), Optional.empty());

    private static Vertx vertx;
    private static Postgres postgres;
    private static CommentRepository repository;

    private final String topic = "topic-" + UUID.randomUUID();

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        postgres = new Postgres(vertx, TestPostgres.database(CommentRepositoryTest.class, vertx));
        repository = new CommentRepository(postgres);
    }

    @AfterAll
    static void disconnect() {
        postgres.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aPostKeepsEverythingAsItWasGiven() {
        String embedded = "{ \"b\":1.10, \"a\" : [ 1e2,\"\\u00e9\\u0000\\ud800\" ],\"b\":2 }";
        var posted = await(repository.post(
                ANN,
                new NewComment(
                        topic, "Grüße 👋", Optional.of("{\"page\":3}"), Optional.of(embedded), Optional.of("c1"))));

        Comment kept = await(repository.find(topic, posted.id())).orElseThrow();
        assertThat(kept).isEqualTo(posted);
        assertThat(kept.text()).contains("Grüße 👋");
        assertThat(kept.embedded()).contains(embedded);
        assertThat(kept.location()).contains("{\"page\":3}");
        assertThat(kept.author()).isEqualTo(new Comment.Author("ann", "Ann"));
        assertThat(kept.sequence()).isEqualTo(1);
        assertThat(kept.changed()).isEqualTo(1);
    }

    @Test
    void sixtyFourAuthorsAtOnceGetNumbersWithoutGapOrDuplicate() {
        List<Comment> posted = atOnce(IntStream.range(0, 64 * 5)
                .mapToObj(i -> repository.post(person("author" + i % 64), comment("comment " + i, "client" + i)))
                .toList());

        assertThat(posted.stream().map(Comment::sequence).sorted())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 320).boxed().toList());
        assertThat(sequences(await(repository.changes(topic, 0, 1000))))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 320).boxed().toList());
        assertThat(posted.stream().sorted((a, b) -> Long.compare(a.sequence(), b.sequence())))
                .isSortedAccordingTo((a, b) -> a.createdAt().compareTo(b.createdAt()));
    }

    @Test
    void aRetryAnswersTheFirstCommentAndTakesNoNumber() {
        Comment first = await(repository.post(ANN, comment("once", "retry")));
        Comment again = await(repository.post(ANN, comment("once", "retry")));
        Comment next = await(repository.post(ANN, comment("next", "other")));

        assertThat(again).isEqualTo(first);
        assertThat(next.sequence()).isEqualTo(2);
    }

    @Test
    void retriesThatRaceMakeOneComment() {
        for (int round = 0; round < 20; round++) {
            String clientId = "race" + round;
            List<Comment> posted = atOnce(IntStream.range(0, 8)
                    .mapToObj(i -> repository.post(ANN, comment("raced", clientId)))
                    .toList());
            assertThat(Set.copyOf(posted)).hasSize(1);
            assertThat(posted.getFirst().sequence()).isEqualTo(round + 1);
        }
    }

    @Test
    void theSameClientIdOfAnotherAuthorIsAnotherComment() {
        Comment first = await(repository.post(ANN, comment("a", "same")));
        Comment second = await(repository.post(BOB, comment("b", "same")));

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.sequence()).isEqualTo(2);
    }

    @Test
    void anEditTakesTheNextNumberAndMarksTheComment() {
        Comment posted = await(repository.post(
                ANN, new NewComment(topic, "old", Optional.of("{\"x\":1}"), Optional.of("[1]"), Optional.empty())));
        Comment edited = await(repository.edit(
                        ANN,
                        new CommentEdit(topic, posted.id(), Optional.of("new"), new Patch.Keep(), new Patch.Remove())))
                .orElseThrow();

        assertThat(edited.text()).contains("new");
        assertThat(edited.location()).contains("{\"x\":1}");
        assertThat(edited.embedded()).isEmpty();
        assertThat(edited.sequence()).isEqualTo(1);
        assertThat(edited.changed()).isEqualTo(2);
        assertThat(edited.editedAt()).isPresent();
        assertThat(types(await(repository.changes(topic, 0, 10)))).containsExactly("1 posted", "2 edited");
    }

    @Test
    void onlyTheAuthorAndAnAdministratorChangeAComment() {
        Comment posted = await(repository.post(ANN, comment("mine", "c")));

        assertThat(await(repository.edit(BOB, text(posted, "yours")))).isEmpty();
        assertThat(await(repository.delete(BOB, topic, posted.id()))).isEmpty();
        assertThat(await(repository.edit(ADMIN, text(posted, "moderated")))).isPresent();
        assertThat(await(repository.heads(List.of(topic)))).isEqualTo(Map.of(topic, 2L));
    }

    @Test
    void aDeletedCommentIsATombstoneAndCannotBeChangedAgain() {
        Comment posted = await(repository.post(
                ANN, new NewComment(topic, "gone", Optional.of("{}"), Optional.of("{}"), Optional.of("c"))));
        Comment deleted = await(repository.delete(ANN, topic, posted.id())).orElseThrow();

        assertThat(deleted.deleted()).isTrue();
        assertThat(deleted.changed()).isEqualTo(2);
        assertThat(deleted.text()).isEmpty();
        assertThat(deleted.location()).isEmpty();
        assertThat(deleted.embedded()).isEmpty();
        assertThat(deleted.json())
                .doesNotContain("gone", "clientId", "location", "embedded")
                .contains("\"deleted\":true");
        assertThat(await(repository.delete(ANN, topic, posted.id()))).isEmpty();
        assertThat(await(repository.edit(ANN, text(posted, "again")))).isEmpty();
        assertThat(await(repository.list(topic, Long.MAX_VALUE, 10)).comments()).containsExactly(deleted);
        assertThat(await(repository.heads(List.of(topic)))).isEqualTo(Map.of(topic, 2L));
    }

    @Test
    void editsAndDeletionsThatRaceLeaveNoGap() {
        List<Comment> posted = atOnce(IntStream.range(0, 20)
                .mapToObj(i -> repository.post(ANN, comment("c" + i, "c" + i)))
                .toList());
        var work = new ArrayList<Uni<Optional<Comment>>>();
        for (Comment comment : posted) {
            work.add(repository.edit(ANN, text(comment, "one")));
            work.add(repository.delete(ANN, topic, comment.id()));
            work.add(repository.edit(ANN, text(comment, "two")));
            work.add(repository.delete(ANN, topic, comment.id()));
        }
        long done = atOnce(work).stream().filter(Optional::isPresent).count();

        List<Long> numbers = sequences(await(repository.changes(topic, 0, 1000)));
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 20 + done).boxed().toList());
        assertThat(await(repository.list(topic, Long.MAX_VALUE, 100)).comments())
                .allMatch(Comment::deleted);
    }

    @Test
    void aListIsPagedFromTheNewestBackwards() {
        for (int i = 1; i <= 5; i++) {
            await(repository.post(ANN, comment("c" + i, "c" + i)));
        }
        CommentPage newest = await(repository.list(topic, Long.MAX_VALUE, 2));
        CommentPage older = await(repository.list(topic, 4, 2));
        CommentPage oldest = await(repository.list(topic, 2, 2));

        assertThat(newest.comments()).extracting(Comment::sequence).containsExactly(4L, 5L);
        assertThat(newest.more()).isTrue();
        assertThat(newest.head()).isEqualTo(5);
        assertThat(older.comments()).extracting(Comment::sequence).containsExactly(2L, 3L);
        assertThat(older.more()).isTrue();
        assertThat(oldest.comments()).extracting(Comment::sequence).containsExactly(1L);
        assertThat(oldest.more()).isFalse();
    }

    @Test
    void changesArePagedForwardsAndSayWhereTheTopicIs() {
        for (int i = 1; i <= 5; i++) {
            await(repository.post(ANN, comment("c" + i, "c" + i)));
        }
        ChangePage first = await(repository.changes(topic, 1, 3));
        ChangePage last = await(repository.changes(topic, 4, 3));
        ChangePage none = await(repository.changes(topic, 5, 3));

        assertThat(sequences(first)).containsExactly(2L, 3L, 4L);
        assertThat(first.complete()).isFalse();
        assertThat(sequences(last)).containsExactly(5L);
        assertThat(last.complete()).isTrue();
        assertThat(none.changes()).isEmpty();
        assertThat(none.head()).isEqualTo(5);
        assertThat(none.complete()).isTrue();
    }

    @Test
    void aTopicThatNobodyWroteToIsEmpty() {
        assertThat(await(repository.list(topic, Long.MAX_VALUE, 10)))
                .isEqualTo(new CommentPage(topic, 0, false, List.of()));
        assertThat(await(repository.changes(topic, 0, 10))).isEqualTo(new ChangePage(topic, 0, 0, List.of()));
        assertThat(await(repository.heads(List.of(topic)))).isEmpty();
    }

    @Test
    void aPageOfLargeCommentsIsCutAndSaysThatThereIsMore() {
        String large = "\"" + "x".repeat(60_000) + "\"";
        for (int i = 1; i <= 8; i++) {
            await(repository.post(
                    ANN, new NewComment(topic, "c", Optional.empty(), Optional.of(large), Optional.empty())));
        }
        CommentPage list = await(repository.list(topic, Long.MAX_VALUE, 100));
        ChangePage changes = await(repository.changes(topic, 0, 100));

        assertThat(list.comments()).extracting(Comment::sequence).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(list.more()).isTrue();
        assertThat(sequences(changes)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(changes.complete()).isFalse();
    }

    private NewComment comment(String text, String clientId) {
        return new NewComment(topic, text, Optional.empty(), Optional.empty(), Optional.of(clientId));
    }

    private CommentEdit text(Comment comment, String text) {
        return new CommentEdit(topic, comment.id(), Optional.of(text), new Patch.Keep(), new Patch.Keep());
    }

    private static Identity person(String id) {
        return new Identity(id, id, Set.of(), Optional.empty());
    }

    private static List<Long> sequences(ChangePage page) {
        return page.changes().stream().map(TopicChange::sequence).toList();
    }

    private static List<String> types(ChangePage page) {
        return page.changes().stream()
                .map(change -> change.sequence() + " " + change.event().substring("comment:".length()))
                .toList();
    }

    private static <T> List<T> atOnce(List<Uni<T>> work) {
        return await(Multi.createFrom()
                .iterable(work)
                .onItem()
                .transformToUni(uni -> uni)
                .merge(64)
                .collect()
                .asList());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
