/**
 * What nodes get from the Redis that they share, looked at on the way.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.tap;
