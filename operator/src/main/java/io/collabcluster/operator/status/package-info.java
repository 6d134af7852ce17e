/**
 * The status of a CollabCluster: one class for each condition, and what was observed to tell it from.
 *
 * <p>May import {@code scaling} and {@code api}.
 */
package io.collabcluster.operator.status;
