package io.collabcluster.bench.posts;

import io.collabcluster.bench.peer.PeerFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What the server answered all authors. Told by their thread, asked and waited for by another one. */
final class Acknowledgements {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private final List<Runnable> starts = new CopyOnWriteArrayList<>();
    private final CountDownLatch connecting;
    private final CountDownLatch posting;
    private final AtomicLong posts = new AtomicLong();
    private final SingleWriterRecorder latencies = new SingleWriterRecorder(Measured.LONGEST_NANOS, Measured.DIGITS);
    private volatile boolean enough;

    Acknowledgements(int authors) {
        connecting = new CountDownLatch(authors);
        posting = new CountDownLatch(authors);
    }

    /** @param start has the author post */
    void connected(Runnable start) {
        starts.add(start);
        connecting.countDown();
    }

    /** @return whether the author shall post another one */
    boolean posted(long nanos) {
        posts.setOpaque(posts.getPlain() + 1);
        latencies.recordValue(Math.min(nanos, Measured.LONGEST_NANOS));
        if (!enough) {
            return true;
        }
        posting.countDown();
        return false;
    }

    void failed(String reason) {
        failure.completeExceptionally(new PeerFailure(reason));
    }

    void awaitConnections() {
        await(connecting);
    }

    void start() {
        starts.forEach(Runnable::run);
    }

    /** Each author posts until the comment that is under way is acknowledged; one at least, where it has not begun. */
    void enough() {
        enough = true;
    }

    void awaitEnd() {
        await(posting);
    }

    long posts() {
        return posts.getOpaque();
    }

    /** Since the last call. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    /** Lets the authors go on for so long. @throws PeerFailure when one of them failed */
    void rest(Duration time) {
        try {
            failure.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Nothing failed.
        } catch (ExecutionException e) {
            throw new PeerFailure(e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerFailure("the authors were not waited for any longer");
        }
    }

    private void await(CountDownLatch latch) {
        long begun = System.nanoTime();
        while (latch.getCount() > 0) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new PeerFailure(
                        latch.getCount() + " authors had no answer within " + PATIENCE.toSeconds() + " s");
            }
            rest(LOOK);
        }
    }
}
