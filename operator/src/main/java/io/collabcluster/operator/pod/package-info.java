/**
 * The node's pod, made of contributors: each knows one concern (probes, drain, database, Redis, …) and adds to the pod
 * what it needs; and the node's config.json.
 *
 * <p>May import {@code api}.
 */
package io.collabcluster.operator.pod;
