package io.collabcluster.socketio;

import io.collabcluster.engineio.Handshake;

/**
 * What a socket came with.
 *
 * @param request the request that opened its session
 * @param auth the CONNECT packet's object, {@code {}} when it had none
 */
public record SocketHandshake(Handshake request, Json auth) {}
