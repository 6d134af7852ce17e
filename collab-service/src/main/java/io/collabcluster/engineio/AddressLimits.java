package io.collabcluster.engineio;

import io.netty.util.NetUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What each client address has taken: sessions open, and a token bucket of handshakes. An address with no session is
 * forgotten when its bucket is full again, one second after its last handshake. Of an IPv6 address, only the network
 * counts, the first 64 bits: all others of it are usually the same client's (RFC 4291 section 2.5.4, RFC 6177).
 */
final class AddressLimits {

    private static final long SECOND = 1_000_000_000L;

    private static final int NETWORK_BYTES = 8;

    private record Usage(int connections, double tokens, long at) {}

    private final EngineLimits limits;
    private final LongSupplier clock;
    private final ConcurrentHashMap<String, Usage> usages = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    AddressLimits(EngineLimits limits) {
        this(limits, System::nanoTime);
    }

    /** @param clock nanoseconds */
    AddressLimits(EngineLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.nextSweep = new AtomicLong(clock.getAsLong() + SECOND);
    }

    /** Counts a handshake, and says whether the address may have one more and one more session. */
    Optional<Denial> handshake(String address) {
        long now = clock.getAsLong();
        sweep(now);
        boolean[] rate = new boolean[1];
        Usage usage = usages.compute(network(address), (_, old) -> {
            Usage filled = old == null ? new Usage(0, limits.handshakesPerSecond(), now) : refill(old, now);
            rate[0] = filled.tokens() >= 1;
            return rate[0] ? new Usage(filled.connections(), filled.tokens() - 1, now) : filled;
        });
        if (!rate[0]) {
            return Optional.of(Denial.tooMany(
                    "More than " + limits.handshakesPerSecond() + " handshakes per second from " + network(address),
                    "handshakes_per_second",
                    Duration.ofSeconds(1)));
        }
        return usage.connections() < limits.connectionsPerAddress() ? Optional.empty() : Optional.of(full(address));
    }

    /** Counts a session, unless the address has all it may have. */
    boolean open(String address) {
        boolean[] opened = new boolean[1];
        usages.compute(network(address), (_, old) -> {
            Usage usage = old == null ? new Usage(0, limits.handshakesPerSecond(), clock.getAsLong()) : old;
            opened[0] = usage.connections() < limits.connectionsPerAddress();
            return opened[0] ? new Usage(usage.connections() + 1, usage.tokens(), usage.at()) : usage;
        });
        return opened[0];
    }

    void close(String address) {
        usages.computeIfPresent(
                network(address), (_, old) -> new Usage(Math.max(0, old.connections() - 1), old.tokens(), old.at()));
    }

    Denial full(String address) {
        return Denial.tooMany(
                network(address) + " has " + limits.connectionsPerAddress()
                        + " connections, the most that one address may have",
                "connections_per_address",
                Duration.ofSeconds(10));
    }

    /** An IPv4 address stays as it is. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        byte[] bytes = Subnet.bytes(address);
        if (bytes.length != 2 * NETWORK_BYTES) {
            return bytes.length == 0 ? address : NetUtil.bytesToIpAddress(bytes);
        }
        Arrays.fill(bytes, NETWORK_BYTES, bytes.length, (byte) 0);
        return NetUtil.bytesToIpAddress(bytes) + "/64";
    }

    /** Addresses that are remembered. */
    int size() {
        return usages.size();
    }

    private Usage refill(Usage usage, long now) {
        double tokens = usage.tokens() + (double) (now - usage.at()) / SECOND * limits.handshakesPerSecond();
        return new Usage(usage.connections(), Math.min(limits.handshakesPerSecond(), tokens), now);
    }

    private void sweep(long now) {
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SECOND)) {
            usages.values().removeIf(usage -> usage.connections() == 0 && now - usage.at() >= SECOND);
        }
    }
}
