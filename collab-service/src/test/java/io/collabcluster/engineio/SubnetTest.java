package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.0/23, 10.1.3.255, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "203.0.113.9, 203.0.113.9, true",
        "203.0.113.9, 203.0.113.8, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe80::1, false",
        "::1, ::1, true",
        "::/0, 10.0.0.1, false",
        "10.0.0.0/8, local, false"
    })
    void aRangeHoldsItsAddressesAndNoOthers(String range, String address, boolean inside) {
        assertThat(Subnet.parse(range).orElseThrow().contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::/129", "balancer", "10.0.0", "10.0.0.0/8/8"})
    void whatIsNoRangeIsRefused(String text) {
        assertThat(Subnet.parse(text)).isEmpty();
    }

    @Test
    void isShownAsItWasWritten() {
        assertThat(Subnet.parse("fd00::/8")).hasToString("Optional[fd00::/8]");
    }
}
