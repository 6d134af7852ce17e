/**
 * Socket.IO v5: the packet codec, namespaces, sockets, rooms, acknowledgements and broadcast, with {@code Adapter} as
 * the seam to other nodes.
 *
 * <p>May import {@code engineio}. Knows nothing of Redis or of collaboration.
 */
package io.collabcluster.socketio;
