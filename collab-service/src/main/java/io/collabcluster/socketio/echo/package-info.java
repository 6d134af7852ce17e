/**
 * The echo application of the Socket.IO protocol's test suite, for checking clients and balancers.
 *
 * <p>May import {@code engineio} and {@code socketio}.
 */
package io.collabcluster.socketio.echo;
