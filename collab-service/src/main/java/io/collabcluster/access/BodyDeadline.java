package io.collabcluster.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Set;

/** Ends the connection of a client that takes too long to send a request's body, byte by byte for instance. */
public final class BodyDeadline {

    public static final Duration DEFAULT = Duration.ofSeconds(30);

    /** Before every other route. */
    private static final int FIRST = -3_000;

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private final Duration deadline;

    /** @param deadline from the end of the request's head to the end of its body */
    public BodyDeadline(Duration deadline) {
        this.deadline = deadline;
    }

    public void route(Router router) {
        router.route().order(FIRST).handler(this::watch);
    }

    private void watch(RoutingContext rc) {
        HttpServerRequest request = rc.request();
        if (WITH_BODY.contains(request.method()) && !request.isEnded()) {
            long timer = rc.vertx().setTimer(deadline.toMillis(), due -> {
                if (!request.isEnded()) {
                    request.connection().close();
                }
            });
            rc.addEndHandler(end -> rc.vertx().cancelTimer(timer));
        }
        rc.next();
    }
}
