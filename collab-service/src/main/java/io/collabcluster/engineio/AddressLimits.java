package io.collabcluster.engineio;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What each client address has taken: sessions open, and a token bucket of handshakes. An address with no session is
 * forgotten when its bucket is full again, one second after its last handshake.
 */
final class AddressLimits {

    private static final long SECOND = 1_000_000_000L;

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
        Usage usage = usages.compute(address, (key, old) -> {
            Usage filled = old == null ? new Usage(0, limits.handshakesPerSecond(), now) : refill(old, now);
            rate[0] = filled.tokens() >= 1;
            return rate[0] ? new Usage(filled.connections(), filled.tokens() - 1, now) : filled;
        });
        if (!rate[0]) {
            return Optional.of(Denial.tooMany(
                    "More than " + limits.handshakesPerSecond() + " handshakes per second from " + address,
                    "handshakes_per_second",
                    Duration.ofSeconds(1)));
        }
        return usage.connections() < limits.connectionsPerAddress() ? Optional.empty() : Optional.of(full(address));
    }

    /** Counts a session, unless the address has all it may have. */
    boolean open(String address) {
        boolean[] opened = new boolean[1];
        usages.compute(address, (key, old) -> {
            Usage usage = old == null ? new Usage(0, limits.handshakesPerSecond(), clock.getAsLong()) : old;
            opened[0] = usage.connections() < limits.connectionsPerAddress();
            return opened[0] ? new Usage(usage.connections() + 1, usage.tokens(), usage.at()) : usage;
        });
        return opened[0];
    }

    void close(String address) {
        usages.computeIfPresent(
                address, (key, old) -> new Usage(Math.max(0, old.connections() - 1), old.tokens(), old.at()));
    }

    Denial full(String address) {
        return Denial.tooMany(
                address + " has " + limits.connectionsPerAddress() + " connections, the most that one address may have",
                "connections_per_address",
                Duration.ofSeconds(10));
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
