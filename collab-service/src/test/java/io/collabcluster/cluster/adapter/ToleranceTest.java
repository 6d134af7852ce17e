package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What emitters in other languages write is understood; what nobody should write is refused with its fault. */
class ToleranceTest {

    private static final Duration FUZZ = Duration.ofSeconds(3);

    private final ClassicDecoder classic = new ClassicDecoder("/", "4lLFDO");
    private final ShardedDecoder sharded = new ShardedDecoder("/", "00112233aabbccdd");

    /** Strings of the old format only, as {@code msgpack_pack} of PHP and Java wrote them. */
    private static Buffer hex(String... parts) {
        return Buffer.buffer(HexFormat.of().parseHex(String.join("", parts).replace(" ", "")));
    }

    private static String text(String text) {
        var out = new MsgpackWriter();
        return Golden.hex(out.text(text).finish());
    }

    private static String packet(String... more) {
        return text("data") + "92" + text("news") + "01" + String.join("", more);
    }

    private Message.Broadcast broadcast(String bytes) {
        return (Message.Broadcast) classic.broadcast(hex(bytes)).orElseThrow().message();
    }

    @Test
    void roomsFlagsAndExceptMayBeEmptyNilOrMissing() {
        for (String nothing : List.of("a0", "c0", "90", "80")) {
            var read = broadcast("93" + text("x") + "81" + packet() + "83" + text("rooms") + nothing + text("except")
                    + nothing + text("flags") + nothing);
            assertThat(read.options().rooms()).isEmpty();
            assertThat(read.options().except()).isEmpty();
            assertThat(read.options().isVolatile()).isFalse();
            assertThat(read.event().name()).isEqualTo("news");
        }
        assertThat(broadcast("93" + text("x") + "81" + packet() + "80")
                        .options()
                        .rooms())
                .isEmpty();
        assertThat(broadcast("93c081" + packet() + "80").options().rooms()).isEmpty();
    }

    @Test
    void roomsMayBeNumbers() {
        assertThat(broadcast("93" + text("x") + "81" + packet() + "81" + text("rooms") + "9301cd0102a161")
                        .options()
                        .rooms())
                .containsExactly("1", "258", "a");
    }

    @Test
    void anOldEmittersPacketHasItsTypeAndLongStrings() {
        var read = broadcast("93" + "da0007" + HexFormat.of().formatHex("emitter".getBytes()) + "83" + text("type")
                + "05" + packet() + text("nsp") + "db000000012f" + "82" + text("rooms") + "91da0001" + "61"
                + text("flags") + "81" + text("volatile") + "c3");
        assertThat(read.options().rooms()).containsExactly("a");
        assertThat(read.options().isVolatile()).isTrue();
    }

    @Test
    void theEmittersBeforeVersionOneAreHeard() {
        String both = "92" + "83" + text("type") + "02" + packet() + text("nsp") + text("/") + "82" + text("rooms")
                + "91" + text("a") + text("flags") + "80";
        var read =
                (Message.Broadcast) classic.oldEmitter(hex(both)).orElseThrow().message();
        assertThat(read.options().rooms()).containsExactly("a");
        assertThat(new ClassicDecoder("/admin", "4lLFDO").oldEmitter(hex(both))).isEmpty();
    }

    @Test
    void anotherNamespacesBroadcastIsNobodysHere() {
        assertThat(classic.broadcast(hex("93", text("x"), "82", packet(text("nsp"), text("/other")), "80")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "80",
                "a0",
                "92a17880",
                "93a17880c0",
                "93a1788090",
                "93a178c080",
                "93a17881a46461746190" + "80",
                "93a17881a464617461c080",
                "c1",
                "dfffffffff",
                "ddffffffff",
                "c6ffffffff00",
                "d9ff",
                "cb00",
                "7b7d",
                "93a17881a46461746191a16180ff",
                "93a17881a46461746191c080"
            })
    void whatIsNoBroadcastIsRefused(String bytes) {
        assertThatThrownBy(() -> classic.broadcast(hex(bytes)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageMatching("(?s).{10,200}");
    }

    @Test
    void requestsInTheirOlderFormNameOneSocket() {
        var join = request("{\"type\":2,\"sid\":\"s1\",\"room\":\"r\",\"requestId\":\"q\"}");
        assertThat(join).isInstanceOfSatisfying(Message.Confirmed.class, confirmed -> {
            assertThat(confirmed.socket()).isEqualTo("s1");
            assertThat(confirmed.request()).isEqualTo("q");
            assertThat(confirmed.action()).isInstanceOfSatisfying(Message.Join.class, action -> {
                assertThat(action.options().rooms()).containsExactly("s1");
                assertThat(action.rooms()).containsExactly("r");
            });
        });
        assertThat(request("{\"type\":4,\"sid\":\"s1\",\"close\":true}")).isInstanceOf(Message.Confirmed.class);
    }

    private Message request(String json) {
        return classic.request(Buffer.buffer(json)).orElseThrow().message();
    }

    @Test
    void aTimeoutIsBounded() {
        assertThat(timeout("")).isEqualTo(Duration.ofSeconds(5));
        assertThat(timeout(",\"flags\":{\"timeout\":300}")).isEqualTo(Duration.ofMillis(300));
        assertThat(timeout(",\"flags\":{\"timeout\":1e18}")).isEqualTo(Duration.ofMinutes(10));
    }

    private Duration timeout(String flags) {
        var request = request("{\"type\":7,\"uid\":\"u\",\"requestId\":\"q\",\"packet\":{\"data\":[\"e\"]},\"opts\":{"
                + "\"rooms\":[]" + flags + "}}");
        return ((Message.BroadcastWithAck) request).timeout();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "{\"type\":99}",
                "{\"type\":2}",
                "{\"type\":2,\"opts\":[]}",
                "{\"type\":5}",
                "{\"type\":6}",
                "{\"type\":6,\"data\":[]}",
                "{\"type\":6,\"data\":\"hi\"}",
                "{\"type\":8}",
                "{\"type\":7,\"requestId\":\"q\",\"opts\":{}}",
                "{\"type\":1,\"requestId\":\"q\"} {}",
                "\u0000"
            })
    void whatIsNoRequestIsRefused(String json) {
        assertThatThrownBy(() -> classic.request(Buffer.buffer(json)))
                .isInstanceOf(MalformedMessage.class)
                .hasMessageMatching("(?s).{10,200}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"type\":0}",
                "{\"type\":3,\"nsp\":\"/\"}",
                "{\"type\":4,\"data\":{},\"nsp\":\"/\"}",
                "{\"type\":7,\"data\":{},\"nsp\":\"/\"}",
                "{\"type\":8,\"data\":{},\"nsp\":\"/\"}",
                "\u0081"
            })
    void whatIsNoShardedMessageIsRefused(String json) {
        assertThatThrownBy(() -> sharded.message(Buffer.buffer(json))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void heartbeatsOfOtherAdaptersArePassedOver() {
        for (int type : List.of(1, 2, 13)) {
            assertThat(sharded.message(Buffer.buffer("{\"type\":" + type + ",\"uid\":\"x\",\"nsp\":\"/\"}")))
                    .isEmpty();
        }
    }

    @Test
    void nodesSocketsAreRead() {
        var sockets =
                (Message.Sockets) classic.response(Buffer.buffer("{\"requestId\":\"q\",\"sockets\":[{\"id\":\"s\","
                                + "\"handshake\":{\"headers\":{\"host\":\"h\",\"set-cookie\":[\"a\",\"b\"]},\"time\":\"now\","
                                + "\"address\":\"::1\",\"xdomain\":false,\"secure\":true,\"issued\":1700000000000,"
                                + "\"url\":\"/socket.io/?EIO=4&t=x\",\"query\":{\"EIO\":\"4\"},\"auth\":{\"token\":\"t\"}},"
                                + "\"rooms\":[\"s\",7],\"data\":{\"name\":\"ann\"}}]}"))
                        .orElseThrow()
                        .message();
        var socket = sockets.sockets().getFirst();
        assertThat(socket.rooms()).isEqualTo(Set.of("s", "7"));
        assertThat(socket.data().text()).isEqualTo("{\"name\":\"ann\"}");
        assertThat(socket.handshake().auth().text()).isEqualTo("{\"token\":\"t\"}");
        var request = socket.handshake().request();
        assertThat(request.headers()).containsEntry("host", "h").containsEntry("set-cookie", "a, b");
        assertThat(request.address()).isEqualTo("::1");
        assertThat(request.secure()).isTrue();
        assertThat(request.time().toEpochMilli()).isEqualTo(1_700_000_000_000L);
        assertThat(request.query()).containsEntry("EIO", List.of("4"));
    }

    @Test
    void forABoundedTimeNothingButAMessageOrARefusalComesOut() {
        var seeds = new ArrayList<byte[]>();
        for (String kind : List.of("classic", "sharded", "classicAnswers", "shardedAnswers", "emitter")) {
            for (JsonNode message : Golden.FILE.get(kind)) {
                seeds.add(Golden.bytes(message).getBytes());
            }
        }
        long seed = System.nanoTime();
        var random = new Random(seed);
        long end = System.nanoTime() + FUZZ.toNanos();
        int understood = 0;
        int refused = 0;
        while (System.nanoTime() < end) {
            byte[] bytes = mutated(seeds.get(random.nextInt(seeds.size())), random);
            for (Protocol.Decoder decoder : List.<Protocol.Decoder>of(
                    classic::broadcast,
                    classic::request,
                    classic::response,
                    classic::oldEmitter,
                    sharded::message,
                    sharded::response)) {
                try {
                    Optional<Protocol.Incoming> read = decoder.decode(Buffer.buffer(bytes));
                    understood += read.isPresent() ? 1 : 0;
                } catch (MalformedMessage expected) {
                    refused++;
                } catch (RuntimeException | StackOverflowError e) {
                    throw new AssertionError(
                            "seed " + seed + ": " + HexFormat.of().formatHex(bytes), e);
                }
            }
        }
        assertThat(understood).isPositive();
        assertThat(refused).isPositive();
    }

    private static byte[] mutated(byte[] seed, Random random) {
        byte[] bytes =
                java.util.Arrays.copyOf(seed, random.nextInt(8) == 0 ? random.nextInt(seed.length + 1) : seed.length);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
