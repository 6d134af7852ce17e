/**
 * The servers that are measured, each started as processes of their own. A new peer is one class here, or a program in
 * {@code src/main/node}, and a line in {@link io.collabcluster.bench.peer.Peers}.
 *
 * <p>May import {@code peer.netty}, and nothing else of the bench.
 */
package io.collabcluster.bench.peer;
