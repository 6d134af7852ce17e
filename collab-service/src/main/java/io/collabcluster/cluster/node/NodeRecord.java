package io.collabcluster.cluster.node;

import io.collabcluster.engineio.NodeId;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/**
 * What a node says of itself in the registry.
 *
 * @param uid one for each process: a node that starts again under its old id has another
 * @param address {@code host:port} under which the other nodes reach it
 * @param url under which clients reach this very node
 * @param weight its share of clients beside the others'
 * @param state as {@code /status} names it: {@code starting}, {@code running}, {@code paused}, {@code draining}
 * @param connections open sessions
 * @param load how busy its CPUs are, in percent of those that it may use
 * @param started by its own clock: for people
 * @param certificate SHA-256 of the certificate on its internal port, in hexadecimal; empty: no TLS there
 */
public record NodeRecord(
        NodeId id,
        String uid,
        String address,
        Optional<String> url,
        int weight,
        String state,
        int connections,
        int load,
        String version,
        Instant started,
        Optional<String> certificate) {

    public static final String RUNNING = "running";

    public boolean isRunning() {
        return RUNNING.equals(state);
    }

    public JsonObject json() {
        var json = new JsonObject()
                .put("id", id.text())
                .put("uid", uid)
                .put("address", address)
                .put("weight", weight)
                .put("state", state)
                .put("connections", connections)
                .put("load", load)
                .put("version", version)
                .put("started", started.toString());
        url.ifPresent(text -> json.put("url", text));
        certificate.ifPresent(hash -> json.put("certificate", hash));
        return json;
    }

    /** @throws RuntimeException when it is no node's record */
    static NodeRecord of(JsonObject json) {
        return new NodeRecord(
                new NodeId(json.getString("id")),
                text(json, "uid"),
                text(json, "address"),
                Optional.ofNullable(json.getString("url")),
                json.getInteger("weight"),
                text(json, "state"),
                json.getInteger("connections"),
                json.getInteger("load"),
                text(json, "version"),
                Instant.parse(json.getString("started")),
                Optional.ofNullable(json.getString("certificate")));
    }

    private static String text(JsonObject json, String key) {
        return Optional.ofNullable(json.getString(key)).orElseThrow();
    }
}
