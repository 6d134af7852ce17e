package io.collabcluster.status;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** The checks of one dependency, one at a time. Its state is touched on its context only. */
final class DependencyWatch {

    private static final Logger LOG = Logger.getLogger(DependencyWatch.class);
    private static final long NONE = -1;

    @FunctionalInterface
    interface Finding {
        void found(String name, boolean available);
    }

    private final Dependency dependency;
    private final Context context;
    private final DependencyMonitor.Timing timing;
    private final Finding finding;
    private final AtomicBoolean suspected = new AtomicBoolean();

    private Optional<UniEmitter<? super Void>> first = Optional.empty();
    private long timer = NONE;
    private long lastStart;
    private boolean checking;
    private boolean stopped;
    private boolean available = true;

    DependencyWatch(Dependency dependency, Context context, DependencyMonitor.Timing timing, Finding finding) {
        this.dependency = dependency;
        this.context = context;
        this.timing = timing;
        this.finding = finding;
    }

    String name() {
        return dependency.name();
    }

    /** Ends with the first finding. */
    Uni<Void> start() {
        return Uni.createFrom()
                .emitter(emitter -> context.runOnContext(_ -> {
                    first = Optional.of(emitter);
                    check(true);
                }));
    }

    void suspect() {
        if (suspected.compareAndSet(false, true)) {
            context.runOnContext(_ -> {
                // A check that is under way may have begun before the failure: its end starts the next.
                if (!checking) {
                    scheduleSuspected();
                }
            });
        }
    }

    void stop() {
        stopped = true;
        cancelTimer();
    }

    private void scheduleSuspected() {
        long sinceLast = (System.nanoTime() - lastStart) / 1_000_000;
        schedule(Math.max(1, timing.gap().toMillis() - sinceLast), true);
    }

    private void schedule(long millis, boolean counts) {
        cancelTimer();
        if (!stopped) {
            timer = context.owner()
                    .setTimer(
                            millis,
                            _ -> context.runOnContext(_ -> {
                                timer = NONE;
                                check(counts);
                            }));
        }
    }

    private void cancelTimer() {
        if (timer != NONE) {
            context.owner().cancelTimer(timer);
            timer = NONE;
        }
    }

    /** @param counts whether one failure is enough */
    private void check(boolean counts) {
        if (checking || stopped) {
            return;
        }
        checking = true;
        lastStart = System.nanoTime();
        if (counts) {
            suspected.set(false);
        }
        Uni.createFrom()
                .deferred(() -> dependency.check().get())
                .ifNoItem()
                .after(timing.deadline())
                .fail()
                .subscribe()
                .with(
                        _ -> context.runOnContext(_ -> checked(Optional.empty(), counts)),
                        failure -> context.runOnContext(_ -> checked(Optional.of(failure), counts)));
    }

    private void checked(Optional<Throwable> failure, boolean counts) {
        checking = false;
        boolean answers = failure.isEmpty();
        if (!answers && available && !counts) {
            schedule(1, true);
            return;
        }
        if (answers != available) {
            LOG.infof(
                    "%s %s",
                    name(), failure.map(f -> "is away: " + f.getMessage()).orElse("is back"));
        }
        available = answers;
        finding.found(name(), answers);
        first.ifPresent(emitter -> emitter.complete(null));
        first = Optional.empty();
        if (suspected.get()) {
            scheduleSuspected();
        } else {
            schedule(timing.period().toMillis(), false);
        }
    }
}
