package io.collabcluster.bench.report;

/**
 * A row's name in the table.
 *
 * @param id as in {@link Sample#peer}
 */
public record Server(String id, String name) {}
