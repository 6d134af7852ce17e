package io.collabcluster.bench.report;

import java.util.Map;
import java.util.Optional;

/**
 * What one run of a case on one peer gave.
 *
 * @param peer the peer's id
 * @param run from 1
 * @param remark what a reader should know, e.g. that the asked rate was not kept
 */
public record Sample(Case of, String peer, int run, Map<Metric, Double> figures, Optional<String> remark) {}
