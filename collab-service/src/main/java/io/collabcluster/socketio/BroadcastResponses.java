package io.collabcluster.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits until every node has said how many clients it has, and every client has acknowledged. */
final class BroadcastResponses implements Adapter.Responses {

    private final CompletableFuture<List<Payload>> result = new CompletableFuture<>();
    private final CompletableFuture<Void> deadline = new CompletableFuture<>();
    private final List<Payload> payloads = new ArrayList<>();
    private Optional<Answers<Integer>> counts = Optional.empty();
    private int clients;

    BroadcastResponses(Duration timeout) {
        deadline.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            expire();
            return null;
        });
    }

    CompletableFuture<List<Payload>> result() {
        return result;
    }

    @Override
    public void clients(Answers<Integer> all) {
        synchronized (this) {
            counts = Optional.of(all);
            clients = all.all().stream().mapToInt(Integer::intValue).sum();
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
            if (counts.isEmpty() || payloads.size() < clients) {
                return;
            }
            if (counts.get().missing() > 0) {
                // There may be more to come of those whose count got lost, but nobody knows how many.
                return;
            }
            all = List.copyOf(payloads);
        }
        deadline.complete(null);
        result.complete(all);
    }

    private void expire() {
        BroadcastAckTimeout timeout;
        synchronized (this) {
            timeout = new BroadcastAckTimeout(payloads, missing());
        }
        result.completeExceptionally(timeout);
    }

    private String missing() {
        if (counts.isEmpty()) {
            return "not every node has said how many clients it has";
        }
        Answers<Integer> all = counts.get();
        if (all.missing() == 0) {
            return clients - payloads.size() + " clients did not acknowledge";
        }
        return all.missing() + " nodes did not answer"
                + (all.missingNodes().isEmpty() ? "" : ", among them " + String.join(", ", all.missingNodes()));
    }
}
