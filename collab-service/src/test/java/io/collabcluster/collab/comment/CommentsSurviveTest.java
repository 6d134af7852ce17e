package io.collabcluster.collab.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.store.EmbeddedPostgresServer;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.Schema;
import io.collabcluster.collab.store.TestPostgres;
import io.collabcluster.collab.topic.ChangePage;
import io.collabcluster.collab.topic.TopicChange;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres is killed in the middle of a stream of posts, on its real data with its real settings. */
class CommentsSurviveTest {

    private static final String TOPIC = "survival";

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedIsThereOnceAndWithoutAGapAfterPostgresWasKilled() throws Exception {
        for (Path programs : TestPostgres.programs()) {
            Files.createSymbolicLink(folder.resolve(programs.getFileName()), programs.toAbsolutePath());
        }
        Vertx vertx = Vertx.vertx();
        try (var server = EmbeddedPostgresServer.start(folder);
                var postgres = new Postgres(vertx, server.options(8))) {
            new Schema(vertx, server.options(1)).migrate(reason -> {}).await().atMost(Duration.ofSeconds(60));
            var repository = new CommentRepository(postgres);
            Map<String, Comment> acknowledged = new ConcurrentHashMap<>();
            var enough = new AtomicBoolean();
            var posters = new ArrayList<Future<Integer>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int author = 0; author < 8; author++) {
                    var name = "author" + author;
                    posters.add(threads.submit(() -> post(repository, name, acknowledged, enough)));
                }
                for (int kill = 1; kill <= 2; kill++) {
                    int before = acknowledged.size();
                    await().until(() -> acknowledged.size() > before + 100);
                    killAll(server.pid());
                }
                int after = acknowledged.size();
                await().atMost(60, TimeUnit.SECONDS).until(() -> acknowledged.size() > after + 100);
                enough.set(true);
            }
            int posted = 0;
            for (Future<Integer> poster : posters) {
                posted += poster.get();
            }

            List<TopicChange> kept = all(repository);
            assertThat(acknowledged).hasSize(posted);
            assertThat(kept.stream().map(TopicChange::sequence))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, posted).boxed().toList());
            for (TopicChange change : kept) {
                Comment comment = ((Change) change).comment();
                assertThat(acknowledged.get(comment.clientId().orElseThrow())).isEqualTo(comment);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** One after the other, each again and again until it is acknowledged. */
    private static int post(
            CommentRepository repository, String author, Map<String, Comment> acknowledged, AtomicBoolean enough) {
        var identity = new Identity(author, author, Set.of(), Optional.empty());
        int posted = 0;
        while (!enough.get()) {
            String clientId = author + "-" + posted;
            var comment = new NewComment(TOPIC, clientId, Optional.empty(), Optional.empty(), Optional.of(clientId));
            Comment kept = repository
                    .post(identity, comment)
                    .onFailure()
                    .retry()
                    .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(1))
                    .expireIn(60_000)
                    .await()
                    .atMost(Duration.ofSeconds(90));
            acknowledged.put(clientId, kept);
            posted++;
        }
        return posted;
    }

    private static List<TopicChange> all(CommentRepository repository) {
        var all = new ArrayList<TopicChange>();
        ChangePage page;
        do {
            long after = all.isEmpty() ? 0 : all.getLast().sequence();
            page = done(repository.changes(TOPIC, after, 1_000));
            all.addAll(page.changes());
        } while (!page.complete());
        return all;
    }

    /** The server and the processes of its connections, as a crash of the machine would. */
    private static void killAll(long pid) {
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> children = postmaster.children().toList();
        postmaster.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
