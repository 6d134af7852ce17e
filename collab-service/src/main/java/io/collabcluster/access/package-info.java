/**
 * Who is this, and what may they do: tokens, the authorization server, guests.
 *
 * <p>May import {@code engineio}, {@code socketio} and {@code cluster}.
 */
package io.collabcluster.access;
