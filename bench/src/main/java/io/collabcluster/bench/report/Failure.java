package io.collabcluster.bench.report;

/**
 * A run that gave no samples.
 *
 * @param scenario the scenario's id
 * @param peer the peer's id
 * @param run from 1
 * @param reason may have several lines, the first of which says what happened
 */
public record Failure(String scenario, String peer, int run, String reason) {}
