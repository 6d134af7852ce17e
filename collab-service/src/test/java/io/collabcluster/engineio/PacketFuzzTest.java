package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Random bytes, and valid payloads with some bytes changed: a decoder refuses with its own exception or not at all. */
class PacketFuzzTest {

    private static final long NANOS = 2_000_000_000L;

    @Test
    void whateverComesIsDecodedOrRefused() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] valid = "4hello\u001ebAQIDBA==\u001e2probe\u001e4[\"€\"]".getBytes(StandardCharsets.UTF_8);
        long end = System.nanoTime() + NANOS;
        int decoded = 0;
        int refused = 0;
        while (System.nanoTime() - end < 0) {
            byte[] body = random.nextBoolean() ? noise(random) : mutated(valid, random);
            try {
                PollingPayload.decode(body);
                decoded++;
            } catch (PacketException expected) {
                refused++;
            }
            try {
                PacketCodec.decode(new String(body, StandardCharsets.ISO_8859_1));
                decoded++;
            } catch (PacketException expected) {
                refused++;
            }
        }
        assertThat(decoded).as("decoded, seed %d", seed).isPositive();
        assertThat(refused).as("refused, seed %d", seed).isPositive();
    }

    private static byte[] noise(RandomGenerator random) {
        byte[] body = new byte[random.nextInt(64)];
        random.nextBytes(body);
        return body;
    }

    private static byte[] mutated(byte[] valid, RandomGenerator random) {
        byte[] body = valid.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        return body;
    }
}
