package io.collabcluster.status;

import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts REST calls as they come, and knows how many are being answered. */
public final class RestCalls {

    /** Before every other route, so that calls that are refused count too. */
    private static final int FIRST = -2_000;

    private final ServerMetrics metrics;
    private final AtomicInteger inFlight = new AtomicInteger();

    public RestCalls(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    public void route(Router router) {
        router.route("/api/*").order(FIRST).handler(rc -> {
            metrics.restCall();
            inFlight.incrementAndGet();
            rc.addEndHandler(_ -> inFlight.decrementAndGet());
            rc.next();
        });
    }

    public int inFlight() {
        return inFlight.get();
    }
}
