package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Pause;
import io.collabcluster.bench.tap.Tap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What Redis sent to the nodes of a cluster, of which only the first has members of the room.
 *
 * @param taps one for each node
 */
record Strays(List<Tap> taps) {

    /** When no node has had a message for so long, none is on its way. */
    private static final long STANDSTILL_MILLIS = 300;

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    void awaitStandstill() {
        long end = System.nanoTime() + DEADLINE_NANOS;
        long before = -1;
        for (long now = messages(taps); now != before && System.nanoTime() < end; now = messages(taps)) {
            before = now;
            Pause.millis(STANDSTILL_MILLIS);
        }
    }

    /**
     * A format that packs the data so that they can't be seen would look as if nothing was sent.
     *
     * @throws IllegalStateException unless the members' node was seen to get what it got
     */
    void check(long published) {
        long seen = taps.getFirst().messages();
        if (seen != published) {
            throw new IllegalStateException("the members' node got " + published + " messages, and " + seen
                    + " were seen between it and Redis: their data can't be seen there, or came another way");
        }
    }

    /** Messages that the other nodes got. */
    long count() {
        return messages(quiet());
    }

    /** Whatever the other nodes got. */
    long bytes() {
        return quiet().stream().mapToLong(Tap::bytes).sum();
    }

    /** @param before bytes before the messages were sent */
    String text(long before) {
        // Rounded up, so that what nodes tell each other at any time gives every run the same remark, nearly.
        long kilobytes = Math.ceilDiv(bytes() - before, 1_000L);
        return String.format(
                Locale.ROOT,
                "the %d nodes without a member had at most %,d kB from Redis in all",
                quiet().size(),
                kilobytes);
    }

    private List<Tap> quiet() {
        return taps.subList(1, taps.size());
    }

    private static long messages(List<Tap> taps) {
        return taps.stream().mapToLong(Tap::messages).sum();
    }
}
