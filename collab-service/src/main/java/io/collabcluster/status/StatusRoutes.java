package io.collabcluster.status;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Supplier;

/**
 * {@code GET /status}, {@code /status/live} and {@code /status/ready}. Answered on the event loop, so that they answer
 * when every worker thread is busy.
 */
public final class StatusRoutes {

    private final StatusReport report;
    private final NodeHealth health;
    private final Supplier<Future<JsonArray>> cluster;

    /** Of a node without others. */
    public StatusRoutes(StatusReport report, NodeHealth health) {
        this(report, health, () -> Future.succeededFuture(new JsonArray().add(report.json())));
    }

    /** @param cluster the reports of all nodes; must not fail */
    public StatusRoutes(StatusReport report, NodeHealth health, Supplier<Future<JsonArray>> cluster) {
        this.report = report;
        this.health = health;
        this.cluster = cluster;
    }

    public void route(Router router) {
        // An information page: 200 in every state. Probes have the other two.
        router.get("/status").handler(this::status);
        router.get("/status/live").handler(rc -> answer(rc, health.live() ? 200 : 503, report.json()));
        router.get("/status/ready").handler(rc -> answer(rc, health.ready() ? 200 : 503, report.json()));
    }

    private void status(RoutingContext rc) {
        if ("cluster".equals(rc.request().getParam("scope"))) {
            var context = rc.vertx().getOrCreateContext();
            cluster.get()
                    .onSuccess(
                            nodes -> context.runOnContext(_ -> answer(rc, 200, new JsonObject().put("nodes", nodes))));
        } else {
            answer(rc, 200, report.json());
        }
    }

    /** An answer that is of this moment only. */
    static void answer(RoutingContext rc, int status, JsonObject body) {
        rc.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
