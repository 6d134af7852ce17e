package io.collabcluster.bench.load;

import java.util.BitSet;

/**
 * The messages that one member of a room has, by their numbers in that room, which count up from 0. A round of messages is closed
 * when it is over; what is not there by then is missing. For one event loop.
 */
final class Inbox {

    /** How far ahead of a missing one a number may be that is kept in mind; one further off was never sent. */
    static final int FARTHEST = 1 << 17;

    private final Tally tally;
    /** Everything below it is there, or was counted as missing. */
    private long next;

    private long highest = -1;
    /** Where there are holes: those that are there behind the first one, by their distance from {@code origin}. */
    private BitSet ahead = new BitSet(0);

    private long origin;
    /** Since the last round. */
    private long altered;

    Inbox(Tally tally) {
        this.tally = tally;
    }

    void take(long number, long latencyNanos) {
        if (number == next && number > highest) {
            next++;
            highest = number;
            tally.counted(latencyNanos);
        } else {
            takeOutOfTurn(number, latencyNanos);
        }
    }

    private void takeOutOfTurn(long number, long latencyNanos) {
        if (number < 0 || number - next > FARTHEST) {
            tally.faults(Fault.WRONG, 1);
        } else if (number < next || has(number)) {
            tally.faults(Fault.TWICE, 1);
        } else {
            if (number < highest) {
                tally.faults(Fault.LATE, 1);
            }
            tally.counted(latencyNanos);
            keep(number);
        }
    }

    /** One that is not as it was sent: so its number, too, may be another's. */
    void takeAltered() {
        altered++;
        tally.faults(Fault.ALTERED, 1);
    }

    private boolean has(long number) {
        return number >= origin && ahead.get((int) (number - origin));
    }

    private void keep(long number) {
        if (ahead.isEmpty()) {
            origin = next;
        }
        ahead.set((int) (number - origin));
        highest = Math.max(highest, number);
        if (number == next) {
            next = origin + ahead.nextClearBit((int) (number - origin));
            if (next > highest) {
                ahead = new BitSet(0);
            }
        }
    }

    /**
     * Counts what is missing of all messages that were sent, and what came but was not sent. Each altered one stands for one
     * that is not there, as far as there are such.
     */
    void close(long sent) {
        long there = Math.min(next, sent);
        long neverSent = next - there;
        for (int i = ahead.nextSetBit((int) (next - origin)); i >= 0; i = ahead.nextSetBit(i + 1)) {
            if (origin + i < sent) {
                there++;
            } else {
                neverSent++;
            }
        }
        tally.faults(Fault.MISSING, Math.max(0, sent - there - altered));
        tally.faults(Fault.WRONG, neverSent);
        ahead = new BitSet(0);
        altered = 0;
        next = sent;
        origin = sent;
        highest = sent - 1;
    }
}
