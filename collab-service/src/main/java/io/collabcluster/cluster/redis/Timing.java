package io.collabcluster.cluster.redis;

import java.time.Duration;

/**
 * How long what is waited for.
 *
 * @param connect for a connection, with TLS and the password
 * @param answer for the answer to a command, and for the confirmation of subscriptions
 * @param probe from one message to itself to the next
 * @param missed as many that were not heard are a loss
 * @param backOff before the second attempt to connect; doubles from one to the next, with jitter
 * @param longest of these
 */
record Timing(Duration connect, Duration answer, Duration probe, int missed, Duration backOff, Duration longest) {

    static final Timing DEFAULTS = new Timing(
            Duration.ofSeconds(3),
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            3,
            Duration.ofMillis(100),
            Duration.ofSeconds(2));
}
