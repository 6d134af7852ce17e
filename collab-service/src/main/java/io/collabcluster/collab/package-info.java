/**
 * What people do: topics, comments, and later discussions, notifications and presence; each a vertical slice in a
 * package of its own.
 *
 * <p>May import {@code access}, {@code cluster}, {@code socketio} and {@code engineio}. Knows nothing of wire formats or Redis.
 */
package io.collabcluster.collab;
