/**
 * The CollabCluster: one record for each block of its specification, its status, and the names, labels and annotations
 * that it shares with the outside.
 *
 * <p>As in Kubernetes' own types, a text that is left out is the empty text, a list that is left out is empty, and a block
 * that is left out has its defaults: nothing here is null. The schema's defaults and the records' are the same, which a
 * test holds.
 *
 * <p>May import no other package of the operator.
 */
package io.collabcluster.operator.api;
