/**
 * The node's state machine, its dependencies, {@code /status}, health, metrics and drain.
 *
 * <p>May import {@code collab} and what lies below it.
 */
package io.collabcluster.status;
