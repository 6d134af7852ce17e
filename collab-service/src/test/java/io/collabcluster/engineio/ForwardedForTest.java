package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedForTest {

    private static final String PEER = "10.0.0.1";

    private static String client(String... headers) {
        return ForwardedFor.client(List.of(headers), PEER, address -> address.startsWith("10."))
                .address();
    }

    @Test
    void theRightmostAddressThatIsNoTrustedHopIsTheClient() {
        assertThat(client("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(client("192.0.2.7, 10.0.0.3, 10.0.0.2")).isEqualTo("192.0.2.7");
    }

    @Test
    void whatTheClientWroteItselfIsNotBelieved() {
        assertThat(client("127.0.0.1, 192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(client("10.9.9.9, 192.0.2.7, 10.0.0.2")).isEqualTo("192.0.2.7");
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(client("203.0.113.1", "192.0.2.7", "10.0.0.2")).isEqualTo("192.0.2.7");
    }

    @Test
    void amongTrustedHopsAloneTheFirstIsTheClient() {
        assertThat(client("10.0.0.9, 10.0.0.2")).isEqualTo("10.0.0.9");
    }

    @Test
    void withoutAListItIsThePeer() {
        assertThat(client()).isEqualTo(PEER);
        assertThat(client("")).isEqualTo(PEER);
        assertThat(client(" , ,")).isEqualTo(PEER);
        assertThat(client(",")).isEqualTo(PEER);
    }

    @Test
    void garbageEndsTheListWhereItStands() {
        assertThat(client("192.0.2.7, unknown")).isEqualTo(PEER);
        assertThat(client("192.0.2.7, unknown, 10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:51234, 192.0.2.7",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "[2001:db8::1]:443, 2001:db8::1",
        "::ffff:192.0.2.7, 192.0.2.7",
        "::FFFF:C000:207, 192.0.2.7",
        "[::ffff:192.0.2.7]:80, 192.0.2.7",
        "fe80::1%eth0, fe80::1"
    })
    void anAddressHasOneForm(String written, String address) {
        assertThat(ForwardedFor.address(written)).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "example.com",
                "300.1.1.1",
                "1.2.3",
                "1.2.3.4:",
                "1.2.3.4:x",
                "1.2.3.4:123456",
                "[2001:db8::1",
                "[2001:db8::1]x",
                "[]",
                "2001:db8:::1",
                "\"192.0.2.7\"",
                "192.0.2.7 10.0.0.2",
                "' OR 1=1"
            })
    void whatIsNoAddressIsNone(String written) {
        assertThat(ForwardedFor.address(written)).isEmpty();
    }

    @Test
    void noTextMakesItFail() {
        Random random = new Random(4);
        String alphabet = "0123456789abcdef.:[]%, x";
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int j = random.nextInt(40); j > 0; j--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(client(text.toString())).matches("[0-9a-f.:]+");
        }
    }
}
