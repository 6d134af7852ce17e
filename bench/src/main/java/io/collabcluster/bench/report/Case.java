package io.collabcluster.bench.report;

import java.util.Map;

/**
 * One row group of the table: what was put on each peer.
 *
 * @param scenario the scenario's id, e.g. {@code fan-out}
 * @param title for the table, e.g. {@code fan-out: 1,000 sockets, 120 messages/s}
 * @param unit what is counted, e.g. {@code deliveries}; {@link Metric#RATE} is in it per second, {@link Metric#CPU} per million
 * @param parameters what the plots need: {@code sockets} and {@code rate} of a fan-out, {@code connections} of an idle server
 */
public record Case(String scenario, String title, String unit, Map<String, Integer> parameters) {}
