package io.collabcluster.bench.report;

import java.util.Map;
import java.util.Objects;

/**
 * One row group of the table: what was put on each peer.
 *
 * @param scenario the scenario's id, e.g. {@code fan-out}
 * @param title for the table, e.g. {@code fan-out: 1,000 sockets, 120 messages/s}
 * @param unit what is counted, e.g. {@code deliveries}; {@link Metric#RATE} is in it per second, {@link Metric#CPU} per million
 * @param parameters what the plots need: {@code sockets} and {@code rate} of a fan-out, {@code connections} of an idle server
 * @param reference the id of the peer that the ratios of this case refer to
 */
public record Case(String scenario, String title, String unit, Map<String, Integer> parameters, String reference) {

    /** The id of Node's {@code socket.io}, to which nearly every case compares. */
    public static final String NODE_SOCKETIO = "node-socketio";

    /** The id of three such servers that are joined by a Redis, to which clusters compare. */
    public static final String NODE_CLUSTER = "node-socketio-redis";

    /** As it was read. @throws NullPointerException when something is missing */
    Case complete() {
        return new Case(
                Objects.requireNonNull(scenario),
                Objects.requireNonNull(title),
                Objects.requireNonNull(unit),
                Map.copyOf(parameters),
                Objects.requireNonNull(reference));
    }

    public Case(String scenario, String title, String unit, Map<String, Integer> parameters) {
        this(scenario, title, unit, parameters, NODE_SOCKETIO);
    }
}
