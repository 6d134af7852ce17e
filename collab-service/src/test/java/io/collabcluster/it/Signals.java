package io.collabcluster.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** Signals of presence, which are told and forgotten: who is busy just then, or is heard a moment later, misses one. */
final class Signals {

    private static final String EVENT = "presence:signal";

    private Signals() {}

    /** Says it again until each of the others has heard it. */
    static void reach(RawClient from, JsonObject signal, List<RawClient> others) {
        await(EVENT)
                .atMost(ServerProcess.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    from.ask(EVENT, signal);
                    return others.stream()
                            .noneMatch(other -> other.events(EVENT).isEmpty());
                });
    }
}
