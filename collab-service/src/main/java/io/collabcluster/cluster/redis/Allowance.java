package io.collabcluster.cluster.redis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How much may wait, in messages and in bytes. Any thread. */
final class Allowance {

    private final int mostMessages;
    private final long mostBytes;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    Allowance(int mostMessages, long mostBytes) {
        this.mostMessages = mostMessages;
        this.mostBytes = mostBytes;
    }

    /** One message more. @return whether there is room for it */
    boolean take(int length) {
        if (messages.incrementAndGet() > mostMessages) {
            messages.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(length) > mostBytes) {
            giveBack(1, length);
            return false;
        }
        return true;
    }

    void giveBack(int count, long length) {
        messages.addAndGet(-count);
        bytes.addAndGet(-length);
    }
}
