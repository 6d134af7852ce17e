package io.collabcluster.engineio;

/**
 * What one client may take of this server.
 *
 * @param outboundBytes bytes that may wait for one connection before it is closed as a slow consumer
 * @param inboundBytes bytes of one connection that may be in service before it is no longer read from
 * @param connectionsPerAddress sessions open at once from one IP address, or one IPv6 network of 64 bits
 * @param handshakesPerSecond new sessions per second from one IP address
 */
public record EngineLimits(long outboundBytes, long inboundBytes, int connectionsPerAddress, int handshakesPerSecond) {

    public static final EngineLimits DEFAULTS = new EngineLimits(1 << 20, 1 << 20, 20_000, 2_000);
}
