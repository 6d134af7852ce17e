package io.collabcluster.bench.report;

/**
 * A peer that a scenario would have measured.
 *
 * @param scenario the scenario's id
 * @param peer the peer's id
 * @param reason why it can't be had
 */
public record Absence(String scenario, String peer, String reason) {}
