/**
 * The load generator: clients of the Socket.IO protocol on Netty, many per thread, which look at each frame's first bytes
 * only.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.load;
