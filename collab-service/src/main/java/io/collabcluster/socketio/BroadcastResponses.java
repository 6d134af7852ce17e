package io.collabcluster.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits until every node has said how many clients it has, and every client has acknowledged. */
final class BroadcastResponses implements Adapter.Responses {

    private final CompletableFuture<List<Payload>> result = new CompletableFuture<>();
    private final CompletableFuture<Void> deadline = new CompletableFuture<>();
    private final List<Payload> payloads = new ArrayList<>();
    private int expectedServers;
    private int servers;
    private int clients;

    /** @param expectedServers 0 when it is not known yet */
    BroadcastResponses(int expectedServers, Duration timeout) {
        this.expectedServers = expectedServers;
        deadline.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            expire();
            return null;
        });
    }

    CompletableFuture<List<Payload>> result() {
        return result;
    }

    void servers(Integer count, Throwable failure) {
        if (failure != null) {
            finish(() -> result.completeExceptionally(failure));
            return;
        }
        synchronized (this) {
            expectedServers = count;
        }
        check();
    }

    @Override
    public void clients(int count) {
        synchronized (this) {
            servers++;
            clients += count;
        }
        check();
    }

    @Override
    public void response(Payload payload) {
        synchronized (this) {
            payloads.add(payload);
        }
        check();
    }

    private void check() {
        List<Payload> all;
        synchronized (this) {
            if (expectedServers == 0 || servers < expectedServers || payloads.size() < clients) {
                return;
            }
            all = List.copyOf(payloads);
        }
        finish(() -> result.complete(all));
    }

    private void expire() {
        BroadcastAckTimeout timeout;
        synchronized (this) {
            String missing = servers < expectedServers
                    ? servers + " of " + expectedServers + " nodes answered"
                    : clients - payloads.size() + " clients did not acknowledge";
            timeout = new BroadcastAckTimeout(payloads, missing);
        }
        result.completeExceptionally(timeout);
    }

    private void finish(Runnable completion) {
        deadline.complete(null);
        completion.run();
    }
}
