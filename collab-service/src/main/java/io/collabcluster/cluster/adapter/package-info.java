/**
 * The adapters that carry a namespace's broadcasts and requests to the other nodes, in the formats of
 * {@code @socket.io/redis-adapter}. Imports {@code socketio} and {@code cluster.redis}; knows Redis as a bus only.
 */
package io.collabcluster.cluster.adapter;
