/**
 * The servers that are measured, each started as processes of their own. A new peer is one class here.
 *
 * <p>May import nothing of the bench.
 */
package io.collabcluster.bench.peer;
