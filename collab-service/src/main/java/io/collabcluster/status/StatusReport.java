package io.collabcluster.status;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The body of {@code /status}: published names, order, types and time format, which tools read. */
public final class StatusReport {

    private static final DateTimeFormatter UP_SINCE =
            DateTimeFormatter.ofPattern("yyyy-M-d HH:mm:ss").withZone(ZoneOffset.UTC);

    private final NodeFacts facts;
    private final NodeStatus status;
    private final ServerMetrics metrics;
    private final ProcessUsage usage;
    private final Instant upSince;

    public StatusReport(
            NodeFacts facts, NodeStatus status, ServerMetrics metrics, ProcessUsage usage, Instant upSince) {
        this.facts = facts;
        this.status = status;
        this.metrics = metrics;
        this.usage = usage;
        this.upSince = upSince;
    }

    public JsonObject json() {
        var report = new JsonObject()
                .put("version", facts.version())
                .put("enableTls", facts.enableTls())
                .put("scaling", facts.scaling())
                .put("logging", facts.logging())
                .put("state", status.state().wireName());
        status.reason().ifPresent(reason -> report.put("reason", reason));
        return report.put("main", main());
    }

    private JsonObject main() {
        var used = usage.reading();
        return new JsonObject()
                .put("cpu", currentAndMax(used.cpu(), used.cpuMost()))
                .put("memory", currentAndMax(used.memory(), used.memoryMost()))
                .put(
                        "connections",
                        new JsonObject()
                                .put("total", metrics.connectionsTotal())
                                .put("current", metrics.connectionsCurrent())
                                .put("max", metrics.connectionsMost()))
                .put("messages", new JsonObject().put("processed", metrics.messagesProcessed()))
                .put("restCalls", new JsonObject().put("received", metrics.restCallsReceived()))
                .put("up_since", UP_SINCE.format(upSince))
                .put("pid", ProcessHandle.current().pid());
    }

    private static JsonObject currentAndMax(long current, long max) {
        return new JsonObject().put("current", current).put("max", max);
    }
}
