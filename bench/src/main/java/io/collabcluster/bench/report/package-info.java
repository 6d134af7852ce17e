/**
 * What came out: samples, their medians and ratios, the table, the plots.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.report;
