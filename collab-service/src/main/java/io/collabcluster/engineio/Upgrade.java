package io.collabcluster.engineio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A WebSocket that probes whether it can take a session over from polling. On the session's loop. */
final class Upgrade {

    /** A poll during the probe is answered after this long, so that the client doesn't spin. */
    private static final long NOOP_MILLIS = 100;

    private final EngineSession session;
    private final WebSocketTransport candidate;
    private final ScheduledFuture<?> timeout;
    private boolean probed;
    private boolean over;

    Upgrade(EngineSession session, WebSocketTransport candidate, Duration timeout) {
        this.session = session;
        this.candidate = candidate;
        this.timeout = session.loop().schedule(this::cancel, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    void text(WebSocketTransport from, String frame) {
        if (from != candidate) {
            return;
        }
        switch (frame) {
            case "2probe" -> {
                probed = true;
                candidate.send(ControlPackets.PROBE_ANSWER);
                session.freePoll();
            }
            case "5" -> finish(Optional.of(candidate));
            default -> cancel();
        }
    }

    /** A poll has come in meanwhile. */
    void polled(PollingTransport polling) {
        if (probed) {
            session.loop()
                    .schedule(
                            () -> {
                                if (!over) {
                                    polling.noop();
                                }
                            },
                            NOOP_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    void disconnected(WebSocketTransport from) {
        if (from == candidate) {
            finish(Optional.empty());
        }
    }

    void cancel() {
        if (!over) {
            finish(Optional.empty());
            candidate.refuse("the upgrade was not completed");
        }
    }

    private void finish(Optional<WebSocketTransport> successor) {
        over = true;
        timeout.cancel(false);
        session.upgraded(successor);
    }
}
