package io.collabcluster.bench.peer;

import java.time.Duration;

/**
 * How to start a peer.
 *
 * @param port the first port on 127.0.0.1; a peer of several processes takes those that follow. 0: free ones
 * @param pingInterval between two pings of a connection
 * @param redis for those that are joined by one
 */
public record StartOptions(int port, Duration pingInterval, RedisRoute redis) {

    /** As the reference server's default is: 25 seconds. */
    public static final StartOptions DEFAULT = new StartOptions(0, Duration.ofSeconds(25), RedisRoute.DIRECT);

    public StartOptions at(int fixed) {
        return new StartOptions(fixed, pingInterval, redis);
    }

    public StartOptions by(RedisRoute route) {
        return new StartOptions(port, pingInterval, route);
    }
}
