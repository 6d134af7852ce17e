/**
 * The operator: keeps what runs in a cluster as each CollabCluster says. Here the packages meet: the reconciler and what
 * it is wired with.
 */
package io.collabcluster.operator;
