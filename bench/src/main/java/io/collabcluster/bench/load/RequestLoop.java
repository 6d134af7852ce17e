package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.TimeUnit;

/** The requests of one member, one under way at a time, over however many connections. For one event loop. */
final class RequestLoop {

    /** An answer that takes longer does not come: it is missing, and the next request is sent. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Tally tally;
    private int bytes;
    private boolean going;
    private boolean underWay;
    /** Of the request that is under way, or was last. 0 is that of joining. */
    private long id;

    private long asked;

    RequestLoop(Tally tally) {
        this.tally = tally;
    }

    /** From now on, one after the other. @param size of each, in bytes */
    void start(int size) {
        bytes = size;
        going = true;
    }

    /** The answer to the one that is under way is the last that is waited for. */
    void stop() {
        going = false;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Sends the next one, where none is under way. */
    void next(Client client) {
        if (going && !underWay) {
            underWay = true;
            id++;
            asked = System.nanoTime();
            client.request(id, asked, bytes);
        }
    }

    /** An answer, of which the data stands from one index up to another. */
    void answered(Client from, long of, ByteBuf in, int data, int to, long now) {
        if (!underWay || of != id) {
            tally.faults(of > 0 && of <= id ? Fault.TWICE : Fault.WRONG, 1);
            return;
        }
        underWay = false;
        if (Text.isAnswer(in, data, to, asked, id, bytes)) {
            tally.counted(now - asked);
        } else {
            tally.faults(Fault.WRONG, 1);
        }
        next(from);
    }

    /** Gives up what has been under way for too long. */
    void check(Client client, long now) {
        if (underWay && now - asked > PATIENCE_NANOS) {
            giveUp();
            next(client);
        }
    }

    /** The answer will not be waited for any longer, or can't come. */
    void giveUp() {
        if (underWay) {
            underWay = false;
            tally.faults(Fault.MISSING, 1);
        }
    }
}
