/**
 * What is measured: each scenario is one class, which puts a load on a running peer and gives a sample per case.
 *
 * <p>May import {@code load}, {@code peer}, {@code posts} and {@code report}.
 */
package io.collabcluster.bench.scenario;
