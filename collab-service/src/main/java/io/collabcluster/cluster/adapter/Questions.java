package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.socketio.Answers;
import io.collabcluster.socketio.Payload;
import io.collabcluster.socketio.RemoteSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The questions of this node that others have yet to answer: each with a deadline, and not more than a bound. */
final class Questions {

    static final int MOST = 10_000;
    private static final long RECHECK_MILLIS = 250;

    /** Could be asked, as Redis is away. */
    private static final int NOBODY = 0;

    private final Bus bus;
    private final String counted;
    private final Membership membership;
    private final Map<String, Open> open = new ConcurrentHashMap<>();
    private volatile int othersLastSeen;

    Questions(Bus bus, String counted, Membership membership) {
        this.bus = bus;
        this.counted = counted;
        this.membership = membership;
    }

    private interface Open {
        void answered(Message.Answer answer);
    }

    CompletionStage<Integer> serverCount() {
        return bus.subscribers(counted).thenApply(count -> {
            othersLastSeen = Math.max(0, count - 1);
            return Math.max(1, count);
        });
    }

    /** @param ask false when the question could not be published */
    CompletionStage<Answers<RemoteSocket>> sockets(String id, Duration timeout, BooleanSupplier ask) {
        return ask(id, timeout, ask, gathering -> answer -> {
            if (answer instanceof Message.Sockets(var request, var node, var sockets)) {
                gathering.answer(node, sockets);
            }
        });
    }

    CompletionStage<Answers<Payload>> serverSide(String id, Duration timeout, BooleanSupplier ask) {
        return ask(id, timeout, ask, gathering -> answer -> {
            if (answer instanceof Message.ServerSideResponse(var request, var node, var payload)) {
                gathering.answer(node, List.of(payload));
            }
        });
    }

    /**
     * Hands on what the clients of the other nodes acknowledge until the time is over.
     *
     * @return to how many clients the others sent it, in time for saying which node is missing: all of them when too much
     *     is being asked already
     */
    CompletionStage<Answers<Integer>> clients(
            String id, Duration timeout, Consumer<Payload> responses, BooleanSupplier ask) {
        var gathering = new Gathering<Integer>(names());
        Open question = answer -> {
            switch (answer) {
                case Message.Clients(var request, var node, var count) -> gathering.answer(node, List.of(count));
                case Message.ClientResponse(var request, var payload) -> responses.accept(payload);
                default -> {}
            }
        };
        if (!open(id, question)) {
            gathering.expire(othersLastSeen, names());
            return gathering.result();
        }
        var end = new CompletableFuture<Void>();
        end.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally(late -> {
            open.remove(id);
            return null;
        });
        CompletionStage<Integer> count = serverCount();
        // What is sent before and after it has to stay so: it does not wait for the count.
        boolean asked = ask.getAsBoolean();
        count.whenComplete((servers, error) -> expect(gathering, error == null && asked ? servers : NOBODY));
        return limited(gathering, timeout.multipliedBy(9).dividedBy(10));
    }

    private interface Collector<T> {
        Open into(Gathering<T> gathering);
    }

    /** The others are counted first: who is counted either gets the question, or leaves and is counted no more. */
    private <T> CompletionStage<Answers<T>> ask(
            String id, Duration timeout, BooleanSupplier ask, Collector<T> collector) {
        var gathering = new Gathering<T>(names());
        if (!open(id, collector.into(gathering))) {
            return refused();
        }
        serverCount().whenComplete((servers, error) -> {
            boolean asked = error == null && (servers == 1 || ask.getAsBoolean());
            expect(gathering, asked ? servers : NOBODY);
        });
        return limited(gathering, timeout).whenComplete((done, error) -> open.remove(id));
    }

    private boolean open(String id, Open question) {
        return open.size() < MOST && open.putIfAbsent(id, question) == null;
    }

    private static <T> CompletionStage<T> refused() {
        return CompletableFuture.failedStage(
                new IllegalStateException("more than " + MOST + " questions to other nodes wait for their answers"));
    }

    /** Late and unknown ones are ignored. */
    void answered(Message.Answer answer) {
        Open question = open.get(answer.request());
        if (question != null) {
            question.answered(answer);
        }
    }

    private Set<String> names() {
        var names = new HashSet<>(membership.nodes());
        membership.self().ifPresent(names::remove);
        return names;
    }

    private <T> void expect(Gathering<T> gathering, int servers) {
        if (servers == NOBODY) {
            gathering.expire(othersLastSeen, names());
        } else {
            gathering.expect(servers - 1);
            recheckLater(gathering);
        }
    }

    private <T> CompletionStage<Answers<T>> limited(Gathering<T> gathering, Duration timeout) {
        var deadline = new CompletableFuture<Void>();
        deadline.orTimeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    gathering.expire(othersLastSeen, names());
                    return null;
                });
        return gathering.result().whenComplete((done, error) -> deadline.complete(null));
    }

    private <T> void recheckLater(Gathering<T> gathering) {
        if (!gathering.result().isDone()) {
            CompletableFuture.delayedExecutor(RECHECK_MILLIS, TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> recheck(gathering));
        }
    }

    private <T> void recheck(Gathering<T> gathering) {
        if (gathering.result().isDone()) {
            return;
        }
        serverCount().whenComplete((servers, error) -> {
            if (error == null) {
                gathering.recheck(servers - 1, names());
            }
            recheckLater(gathering);
        });
    }
}
