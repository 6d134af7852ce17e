/**
 * What a CollabCluster makes: one class for each Kubernetes kind and use, with the condition under which it exists.
 *
 * <p>May import {@code pod}, {@code exposure} and {@code api}.
 */
package io.collabcluster.operator.resource;
