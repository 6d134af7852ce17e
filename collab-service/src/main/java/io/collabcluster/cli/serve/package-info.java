/**
 * The wiring of a running node: which parts there are, in which order they start and stop. The one place that knows
 * them all.
 */
package io.collabcluster.cli.serve;
