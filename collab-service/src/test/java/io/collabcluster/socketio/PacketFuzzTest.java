package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** For a bounded time, whatever comes is either a packet or refused: never another exception, never a hang. */
class PacketFuzzTest {

    private static final Duration TIME = Duration.ofSeconds(3);

    private static final List<String> SEEDS = List.of(
            "0",
            "0{\"token\":\"123\"}",
            "0/custom,{\"a\":[1,2]}",
            "1/custom,",
            "2[\"message\",1,\"2\",{\"3\":[true]}]",
            "2/admin,13[\"foo\",1.5e3,null]",
            "312[]",
            "4{\"message\":\"no\"}",
            "52-[\"baz\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
            "61-15[\"bar\",{\"x\":[{\"num\":0,\"_placeholder\":true}]}]");

    private static final String ALPHABET = "0123456789-/,[]{}\":truefalsn\\u.eE+ \t\n\u0000\u00e9\ud83d_placeholder";

    @Test
    void nothingButAPacketOrARefusalComesOut() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long end = System.nanoTime() + TIME.toNanos();
        int packets = 0;
        int refusals = 0;
        while (System.nanoTime() < end) {
            String text = mutated(random);
            try {
                packets += decoded(text, random) ? 1 : 0;
            } catch (PacketException refused) {
                refusals++;
                assertThat(refused.getMessage()).isNotBlank().doesNotContain("Source");
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
        }
        assertThat(packets).isPositive();
        assertThat(refusals).isPositive();
    }

    private static boolean decoded(String text, Random random) {
        var decoder = new PacketDecoder(10);
        Optional<Packet> packet = decoder.text(text);
        for (int i = 0; i < 10 && packet.isEmpty(); i++) {
            packet = decoder.binary(new byte[random.nextInt(5)]);
        }
        // What was read can be written, and read again.
        String again = PacketEncoder.encode(packet.orElseThrow()).text();
        new PacketDecoder(10).text(again);
        return true;
    }

    private static String mutated(Random random) {
        var text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
        for (int i = random.nextInt(6); i > 0; i--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
                case 2 -> text.insert(at, text.substring(random.nextInt(at + 1), at));
                default -> text.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
            }
        }
        return text.toString();
    }
}
