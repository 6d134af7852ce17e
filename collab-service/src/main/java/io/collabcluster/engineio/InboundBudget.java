package io.collabcluster.engineio;

/** Bytes of one client that are in service. Over the limit it is not read from, until they fall under half of it. */
final class InboundBudget {

    /** Starts or stops reading from the client; called with the budget locked, so that the last call holds. */
    @FunctionalInterface
    interface Reading {
        void reading(boolean on);
    }

    private final long limit;
    private final Reading client;
    private long bytes;
    private boolean paused;

    InboundBudget(long limit, Reading client) {
        this.limit = limit;
        this.client = client;
    }

    synchronized void take(int count) {
        bytes += count;
        if (!paused && bytes > limit) {
            paused = true;
            client.reading(false);
        }
    }

    synchronized void give(int count) {
        bytes -= count;
        if (paused && bytes < limit / 2) {
            paused = false;
            client.reading(true);
        }
    }

    synchronized boolean paused() {
        return paused;
    }
}
