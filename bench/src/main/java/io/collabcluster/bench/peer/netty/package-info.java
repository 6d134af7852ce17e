/**
 * The peer {@code netty}: the practical limit of the Java machine. The wire is written by hand, as little of it as will do.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.peer.netty;
