/**
 * The load generator: clients of the Socket.IO protocol on Netty, many per thread, which parse nothing, but
 * compare each frame with what was sent.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.load;
