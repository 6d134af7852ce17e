package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Packet;
import io.collabcluster.socketio.Payload;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every message has the bytes and the channel that the npm packages give it, and theirs are understood. */
class GoldenMessagesTest {

    private static final Names NAMES = new Names("socket.io");
    private static final String CLASSIC_UID = "4lLFDO";
    private static final String SHARDED_UID = "00112233aabbccdd";

    private static BroadcastOptions to(List<String> rooms, List<String> except, boolean isVolatile) {
        return new BroadcastOptions(new LinkedHashSet<>(rooms), new LinkedHashSet<>(except), isVolatile, false);
    }

    private static Packet.Event event(String namespace, Object... args) {
        return new Packet.Event(namespace, OptionalLong.empty(), "hello", Payload.of(args));
    }

    /** What golden.mjs says, by the name that it has there. */
    private static Message message(String name, String namespace, String request) {
        BroadcastOptions one = to(List.of("room1"), List.of(), false);
        return switch (name) {
            case "all" ->
                new Message.Broadcast(
                        event(namespace, 1, "2", new Json("{\"3\":[\"4\"]}")), to(List.of(), List.of(), false));
            case "room" -> new Message.Broadcast(event(namespace, 1), one);
            case "socket" ->
                new Message.Broadcast(event(namespace), to(List.of("abcdefghijklmnopqrst"), List.of(), false));
            case "rooms" ->
                new Message.Broadcast(event(namespace, null, true), to(List.of("a", "b"), List.of("c"), false));
            case "volatile" -> new Message.Broadcast(event(namespace, 1.5), to(List.of(), List.of(), true));
            case "binary" ->
                new Message.Broadcast(
                        event(namespace, new byte[] {1, 2}, Map.of("deep", List.of(new byte[] {3}))), one);
            case "ack" -> new Message.BroadcastWithAck(request, event(namespace, 1), one, Duration.ofSeconds(1));
            case "join" -> new Message.Join(one, new LinkedHashSet<>(List.of("a", "b")));
            case "leave" -> new Message.Leave(to(List.of("room1"), List.of("c"), false), Set.of("a"));
            case "disconnect" -> new Message.Disconnect(to(List.of(), List.of(), false), true);
            case "fetch" -> new Message.FetchSockets(request, one);
            case "serverSide" ->
                new Message.ServerSideEmit(Optional.empty(), "hi", Payload.of(1, new Json("{\"a\":\"b\"}")));
            case "serverSideAck" -> new Message.ServerSideEmit(Optional.of(request), "hi", Payload.of(1));
            default -> throw new AssertionError(name);
        };
    }

    private static void assertAllSame(String golden, String namespace, Protocol ours, Protocol theirs) {
        JsonNode all = Golden.FILE.get(golden);
        assertThat(all.size()).isEqualTo(13);
        all.properties().forEach(entry -> {
            JsonNode expected = entry.getValue();
            Message message = message(
                    entry.getKey(), namespace, expected.path("requestId").asText());
            Protocol.Outgoing written = ours.encode(message, false);
            assertThat(written.channel())
                    .as(entry.getKey())
                    .isEqualTo(expected.get("channel").asText());
            assertThat(written.bytes().toString("ISO-8859-1"))
                    .as(entry.getKey())
                    .isEqualTo(Golden.bytes(expected).toString("ISO-8859-1"));
            Protocol.Incoming read = decode(theirs, expected).orElseThrow();
            assertThat(theirs.encode(read.message(), false).bytes().length())
                    .as(entry.getKey())
                    .isEqualTo(written.bytes().length());
            assertThat(ours.encode(read.message(), false)).as(entry.getKey()).isEqualTo(written);
            assertThat(decode(ours, expected)).as("%s, its own", entry.getKey()).isEmpty();
        });
    }

    private static Optional<Protocol.Incoming> decode(Protocol protocol, JsonNode message) {
        String channel = message.get("channel").asText();
        return protocol.always().stream()
                .filter(heard -> heard.channel().equals(channel))
                .findFirst()
                .or(() -> protocol.room("room1").filter(heard -> heard.channel().equals(channel)))
                .or(() -> protocol.room("abcdefghijklmnopqrst")
                        .filter(heard -> heard.channel().equals(channel)))
                .orElseThrow()
                .decoder()
                .decode(Golden.bytes(message));
    }

    @Test
    void theClassicMessagesAreNodes() {
        for (String namespace : List.of("/", "/admin")) {
            assertAllSame(
                    namespace.equals("/") ? "classic" : "classicAdmin",
                    namespace,
                    new ClassicProtocol(namespace, NAMES, CLASSIC_UID),
                    new ClassicProtocol(namespace, NAMES, "other1"));
        }
    }

    @Test
    void theShardedMessagesAreNodes() {
        assertAllSame(
                "sharded",
                "/",
                new ShardedProtocol("/", NAMES, SHARDED_UID),
                new ShardedProtocol("/", NAMES, "ffffffffffffffff"));
    }

    private static void assertAnswer(Protocol protocol, String golden, String name, Message.Answer answer, String to) {
        JsonNode expected = Golden.FILE.get(golden).get(name);
        Protocol.Outgoing written = protocol.answer(answer, to);
        assertThat(written.channel()).isEqualTo(expected.get("channel").asText());
        assertThat(written.bytes().toString()).isEqualTo(Golden.bytes(expected).toString());
    }

    @Test
    void theAnswersAreNodes() {
        var classic = new ClassicProtocol("/", NAMES, CLASSIC_UID);
        Optional<String> nobody = Optional.empty();
        assertAnswer(classic, "classicAnswers", "0", new Message.SocketIds("req000", Set.of()), "");
        assertAnswer(classic, "classicAnswers", "1", new Message.RoomNames("req001", Set.of()), "");
        assertAnswer(classic, "classicAnswers", "5", new Message.Sockets("req005", nobody, List.of()), "");
        assertAnswer(
                classic,
                "classicAnswers",
                "6",
                new Message.ServerSideResponse("req006", nobody, Payload.of("pong", "ignored")),
                "");
        assertAnswer(classic, "classicAnswers", "7", new Message.Clients("req007", nobody, 0), "");
        assertThat(Golden.hex(classic.answer(new Message.ClientResponse("req005", Payload.of(List.of("ok"))), "")
                        .bytes()))
                .isEqualTo("83a47479706509a9726571756573744964a6726571303035a67061636b657491a26f6b");
        assertThat(classic.answer(new Message.RoomNames("r", Set.of()), "abcdef")
                        .channel())
                .isEqualTo("socket.io-response#/#abcdef#");

        var sharded = new ShardedProtocol("/", NAMES, SHARDED_UID);
        String asker = "ffffffffffffffff";
        assertAnswer(sharded, "shardedAnswers", "3", new Message.Clients("req003", nobody, 0), asker);
        assertAnswer(sharded, "shardedAnswers", "7", new Message.Sockets("req007", nobody, List.of()), asker);
        assertAnswer(
                sharded,
                "shardedAnswers",
                "9",
                new Message.ServerSideResponse("req009", nobody, Payload.of("pong")),
                asker);
    }

    @Test
    void theEmitterIsUnderstood() {
        JsonNode emitter = Golden.FILE.get("emitter");
        var main = new ClassicProtocol("/", NAMES, CLASSIC_UID);
        var admin = new ClassicProtocol("/admin", NAMES, CLASSIC_UID);
        emitter.properties().forEach(entry -> {
            Protocol protocol = entry.getKey().equals("namespace") ? admin : main;
            Message read = decode(protocol, entry.getValue()).orElseThrow().message();
            switch (read) {
                case Message.Broadcast(var event, var options) -> {
                    assertThat(event.name()).isEqualTo("hello");
                    if (entry.getKey().equals("rooms")) {
                        assertThat(options).isEqualTo(to(List.of("a", "b"), List.of("c"), true));
                        assertThat(event.arguments().binary(0)).contains(new byte[] {1});
                    }
                    if (entry.getKey().equals("namespace")) {
                        assertThat(event.arguments().json(0).text()).isEqualTo("\"1970-01-01T00:00:00.000Z\"");
                    }
                }
                case Message.Join join -> assertThat(join.rooms()).containsExactly("a");
                case Message.Leave leave -> assertThat(leave.options().rooms()).containsExactly("room1");
                case Message.Disconnect disconnect ->
                    assertThat(disconnect.closeSessions()).isTrue();
                case Message.ServerSideEmit emit -> {
                    assertThat(emit.event()).isEqualTo("hi");
                    assertThat(emit.request()).isEmpty();
                }
                default -> throw new AssertionError(read);
            }
        });
        assertThat(emitter.size()).isEqualTo(8);
    }
}
