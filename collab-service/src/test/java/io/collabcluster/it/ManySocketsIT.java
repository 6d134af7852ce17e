package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 2,000 sockets on one topic, 20 comments a second for 30 s. */
@Tag("slow")
class ManySocketsIT {

    private static final int SOCKETS = 2_000;
    private static final int CONNECTING_AT_ONCE = 100;
    private static final int COMMENTS = 600;
    private static final long BETWEEN_COMMENTS_MILLIS = 50;

    @Test
    void everySocketGetsEveryCommentInOrder() throws Exception {
        assertEnoughFiles();
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        try (var server = ServerProcess.of(new JsonObject()).start();
                var author = RawClient.connect(server, "Ann")) {
            var readers = connect(vertx, server);

            var refused = new AtomicInteger();
            try (var clock = Executors.newSingleThreadScheduledExecutor()) {
                var posts = new AtomicInteger();
                var tick = clock.scheduleAtFixedRate(
                        () -> post(author, posts.incrementAndGet(), refused),
                        0,
                        BETWEEN_COMMENTS_MILLIS,
                        TimeUnit.MILLISECONDS);
                await().atMost(ServerProcess.PATIENCE.multipliedBy(2)).until(() -> posts.get() >= COMMENTS);
                tick.cancel(false);
            }

            assertThat(refused).hasValue(0);
            int posted = Comments.changes(server, "crowded").size();
            assertThat(posted).isGreaterThanOrEqualTo(COMMENTS);
            await().atMost(ServerProcess.PATIENCE)
                    .until(() -> readers.stream().allMatch(reader -> reader.last() == posted));
            assertThat(readers).allSatisfy(reader -> assertThat(reader.faults()).isEmpty());
            assertThat(server.status().getString("state")).isEqualTo("running");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static List<CountingSocket> connect(Vertx vertx, ServerProcess server) {
        var options = new WebSocketClientOptions().setMaxConnections(SOCKETS).setTryUsePerMessageCompression(false);
        var client = vertx.createWebSocketClient(options);
        List<CountingSocket> sockets = new ArrayList<>();
        while (sockets.size() < SOCKETS) {
            List<CountingSocket> some = new ArrayList<>();
            for (int i = 0; i < CONNECTING_AT_ONCE; i++) {
                some.add(CountingSocket.open(vertx, client, server.port(), "crowded"));
            }
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(some.stream().filter(s -> !s.live()))
                            .as(() -> "of " + CONNECTING_AT_ONCE + " sockets after " + sockets.size() + " with "
                                    + server.status() + " and " + server.output())
                            .isEmpty());
            sockets.addAll(some);
        }
        return sockets;
    }

    private static void post(RawClient author, int number, AtomicInteger refused) {
        try {
            if (!author.post("crowded", "comment " + number, "n" + number).getBoolean("ok")) {
                refused.incrementAndGet();
            }
        } catch (Exception e) {
            refused.incrementAndGet();
        }
    }

    /** Each side has one open file for each socket. */
    private static void assertEnoughFiles() {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assertThat(system.getMaxFileDescriptorCount())
                .as("open files that this process and the server may each have: raise it with ulimit -n")
                .isGreaterThan(SOCKETS + 1_000L);
    }
}
