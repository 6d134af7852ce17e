package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AddressLimitsTest {

    private static final long MILLI = 1_000_000;

    private final AtomicLong clock = new AtomicLong();
    private final AddressLimits limits = new AddressLimits(new EngineLimits(1, 1, 3, 10), clock::get);

    @Test
    void handshakesComeBackWithTime() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.handshake("a")).isEmpty();
        }
        assertThat(limits.handshake("a").orElseThrow().reason()).isEqualTo("handshakes_per_second");
        clock.addAndGet(100 * MILLI);
        assertThat(limits.handshake("a")).isEmpty();
        assertThat(limits.handshake("a")).isPresent();
    }

    @Test
    void refusedHandshakesDoNotKeepTheBucketEmpty() {
        for (int i = 0; i < 10; i++) {
            limits.handshake("a");
        }
        for (int i = 0; i < 20; i++) {
            clock.addAndGet(50 * MILLI);
            limits.handshake("a");
        }
        clock.addAndGet(100 * MILLI);
        assertThat(limits.handshake("a")).isEmpty();
    }

    @Test
    void addressesAreCountedApart() {
        for (int i = 0; i < 10; i++) {
            limits.handshake("a");
        }
        assertThat(limits.handshake("b")).isEmpty();
    }

    @Test
    void connectionsAreCountedUntilTheyClose() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.open("a")).isTrue();
        }
        assertThat(limits.open("a")).isFalse();
        assertThat(limits.handshake("a").orElseThrow().reason()).isEqualTo("connections_per_address");
        limits.close("a");
        assertThat(limits.handshake("a")).isEmpty();
        assertThat(limits.open("a")).isTrue();
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreCountedTogether() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.open("2001:db8:0:1::" + i)).isTrue();
        }
        assertThat(limits.open("2001:db8:0:1:ffff::1")).isFalse();
        assertThat(limits.handshake("2001:DB8::1:0:0:0:9").orElseThrow().message())
                .contains("2001:db8:0:1::/64");
        assertThat(limits.open("2001:db8:0:2::1")).isTrue();
        limits.close("2001:db8:0:1::2");
        assertThat(limits.open("2001:db8:0:1::7")).isTrue();
        assertThat(limits.size()).isEqualTo(2);
    }

    @Test
    void anIpv4AddressIsTheSameHoweverItIsWritten() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.open("::ffff:192.0.2.1")).isTrue();
        }
        assertThat(limits.open("192.0.2.1")).isFalse();
        assertThat(limits.open("192.0.2.2")).isTrue();
    }

    @Test
    void anIdleAddressIsForgottenAndOneWithConnectionsIsNot() {
        for (int i = 0; i < 1_000; i++) {
            limits.handshake("address " + i);
        }
        limits.open("address 1");
        assertThat(limits.size()).isEqualTo(1_000);
        clock.addAndGet(2_500 * MILLI);
        limits.handshake("another");
        assertThat(limits.size()).isEqualTo(2);
    }
}
