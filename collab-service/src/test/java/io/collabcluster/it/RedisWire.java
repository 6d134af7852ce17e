package io.collabcluster.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.collabcluster.cluster.RespConnection;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What a test publishes on the channels of a cluster: as an emitter does, and what nobody should. */
final class RedisWire {

    private static final int DEEP = 50_000;

    private RedisWire() {}

    static void publish(int port, String channel, byte[] message) throws IOException {
        try (var redis = new RespConnection(port)) {
            redis.command(List.of(bytes("PUBLISH"), bytes(channel), message));
        }
    }

    /** To the master of a Redis Cluster that has the channel. @param port of any master */
    static void publishSharded(int port, String channel, String message) throws IOException {
        try (var redis = new RespConnection(port)) {
            redis.command("SPUBLISH", channel, message);
        } catch (IllegalStateException e) {
            if (!e.getMessage().startsWith("MOVED ")) {
                throw e;
            }
            int owner = Integer.parseInt(e.getMessage().substring(e.getMessage().lastIndexOf(':') + 1));
            publishSharded(owner, channel, message);
        }
    }

    /** {@code [event, {}]} as another server sends it in the sharded format. @param rooms none: to every socket of {@code /} */
    static String sharded(String event, String... rooms) {
        var packet = new JsonObject()
                .put("type", 2)
                .put("data", new JsonArray().add(event).add(new JsonObject()))
                .put("nsp", "/");
        var to = new JsonObject()
                .put("rooms", new JsonArray(List.of(rooms)))
                .put("except", new JsonArray())
                .put("flags", new JsonObject());
        return new JsonObject()
                .put("uid", "0123456789abcdef")
                .put("nsp", "/")
                .put("type", 3)
                .put("data", new JsonObject().put("packet", packet).put("opts", to))
                .encode();
    }

    /** To every socket of {@code /}, as the official emitter has it: {@code [event, {}]}. */
    static byte[] broadcast(String event) {
        return bytes("\u0093\u00a7emitter\u0083\u00a4type\u0002\u00a4data\u0092" + (char) (0xa0 + event.length())
                + event + "\u0080\u00a3nsp\u00a1/\u0083\u00a5rooms\u0090\u00a6except\u0090\u00a5flags\u0080");
    }

    /** A code unit is a byte. */
    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    static List<byte[]> garbage() {
        var messages = new ArrayList<byte[]>();
        byte[] good = broadcast("garbage");
        for (int length = 0; length < good.length; length += 7) {
            messages.add(Arrays.copyOf(good, length));
        }
        for (String text : List.of(
                "null",
                "{}",
                "[]",
                "\"text\"",
                "{\"type\":1e999}",
                "{\"uid\":{},\"requestId\":[],\"type\":5,\"opts\":null}",
                "{\"uid\":\"x\",\"type\":2,\"opts\":{\"rooms\":{}},\"rooms\":7}",
                "{\"sequence\":0,\"event\":null}",
                "{\"sequence\":-1,\"event\":\"comment:posted\",\"json\":\"\"}",
                "{\"uid\":\"\ud800\"}",
                "\u0093\u00a1x\u0080\u0080", // no packet, no options
                "\u0092\u00a1x\u0083\u00a4type\u0002", // two of three
                "\u0083\u00a4type\u0009\u00a9requestId\u00c0\u00a6packet\u0090", // an acknowledgement of nothing
                "\u00dd\u007f\u00ff\u00ff\u00ff", // an array of 2^31 - 1
                "\u00df\u00ff\u00ff\u00ff\u00ff", // a map of 2^32 - 1
                "\u00db\u00ff\u00ff\u00ff\u00ff", // a text of 4 GB
                "\u00c6\u007f\u00ff\u00ff\u00ff\u0000", // 2 GB of bytes
                "[".repeat(DEEP),
                "{\"a\":".repeat(DEEP),
                "\u0091".repeat(DEEP),
                "\u0093\u00a1x" + "\u0081\u00a1a".repeat(DEEP))) {
            messages.add(bytes(text));
        }
        var random = new Random(1);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            messages.add(noise);
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            messages.add(damaged);
        }
        return messages;
    }
}
