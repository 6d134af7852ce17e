package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.AuthorizationSpec;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.DataSourceSpec;
import io.collabcluster.operator.api.RedisAdapter;
import io.collabcluster.operator.api.RedisSpec;
import io.collabcluster.operator.api.SocketIoSpec;
import io.collabcluster.operator.api.Transport;
import java.util.Locale;
import java.util.Map;

/** The server's keys, as docs/reference/config.md lists them, out of a specification. Nothing secret is among them. */
final class ServerKeys {

    /** Which field of the specification a key comes from, where their names differ. */
    private static final Map<String, String> FIELDS = Map.of(
            "authorizationServerUrl", "spec.authorization.serverUrl",
            "notificationBaseUrl", "spec.authorization.notificationBaseUrl",
            "trustedCerts", "spec.authorization.trustedCaSecret",
            "redisServerUrl", "spec.redis",
            "drain.window", "spec.drain.windowSeconds",
            "logging", "spec.logging.verbose",
            "socketio.cors.origin", "spec.socketio.corsOrigins",
            "proxy.trusted", "spec.exposure.trustedProxies");

    private final CollabCluster cluster;
    private final CollabClusterSpec spec;
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    ServerKeys(CollabCluster cluster) {
        this.cluster = cluster;
        this.spec = cluster.getSpec();
    }

    /** In words: where to set what is this key in config.json. */
    static String fieldOf(String key) {
        if (key.equals("port") || key.equals("scaling") || key.startsWith("cluster")) {
            return "nothing: it has to be as it is";
        }
        return FIELDS.getOrDefault(key, "spec." + key.replaceFirst("^access\\.", "authorization."));
    }

    ObjectNode json() {
        json.put("port", NodePod.PORT).put("scaling", "horizontal");
        json.put("logging", spec.logging().verbose());
        json.putObject("cluster").put("port", NodePod.INTERNAL_PORT);
        json.putObject("drain").put("window", spec.drain().windowSeconds());
        dataSource(spec.dataSource());
        redis(spec.redis());
        authorization(spec.authorization());
        socketio(spec.socketio());
        if (!spec.exposure().trustedProxies().isEmpty()) {
            ArrayNode trusted = json.putObject("proxy").putArray("trusted");
            spec.exposure().trustedProxies().forEach(trusted::add);
        }
        return json;
    }

    private void dataSource(DataSourceSpec database) {
        ObjectNode keys = json.putObject("dataSource").put("poolSize", database.poolSize());
        if (!database.host().isEmpty()) {
            keys.put("host", database.host()).put("port", database.port()).put("database", database.database());
        }
        if (!database.tlsSecret().isEmpty()) {
            tls(keys, DatabaseAccess.FOLDER, database.clientCertificate());
        }
    }

    private void redis(RedisSpec redis) {
        text(json, "redisServerUrl", RedisAccess.url(cluster));
        ObjectNode keys = json.putObject("redis");
        keys.put("adapter", redis.adapter() == RedisAdapter.SHARDED ? "sharded" : "classic");
        text(keys, "key", redis.key());
        if (!redis.tlsSecret().isEmpty()) {
            tls(keys, RedisAccess.FOLDER, redis.clientCertificate());
        }
    }

    private static void tls(ObjectNode keys, String folder, boolean clientCertificate) {
        keys.put("sslRootCertFile", folder + "/ca.crt");
        if (clientCertificate) {
            keys.put("sslClientCertFile", folder + "/tls.crt").put("sslClientKeyFile", folder + "/tls.key");
        }
    }

    private void authorization(AuthorizationSpec authorization) {
        text(json, "authorizationServerUrl", authorization.serverUrl());
        text(json, "notificationBaseUrl", authorization.notificationBaseUrl());
        ObjectNode access = json.objectNode();
        text(access, "jwksUrl", authorization.jwksUrl());
        text(access, "issuer", authorization.issuer());
        text(access, "audience", authorization.audience());
        if (!access.isEmpty()) {
            json.set("access", access);
        }
        if (authorization.trustedCaSecret().given()) {
            json.putArray("trustedCerts")
                    .add(SignIn.FOLDER + "/" + authorization.trustedCaSecret().key());
        }
    }

    private void socketio(SocketIoSpec socketio) {
        ObjectNode keys = json.putObject("socketio");
        keys.put("path", socketio.path())
                .put("pingInterval", socketio.pingInterval())
                .put("pingTimeout", socketio.pingTimeout())
                .put("maxHttpBufferSize", socketio.maxHttpBufferSize());
        if (!socketio.transports().isEmpty()) {
            ArrayNode transports = keys.putArray("transports");
            for (Transport transport : socketio.transports()) {
                transports.add(transport.name().toLowerCase(Locale.ROOT));
            }
        }
        if (!socketio.corsOrigins().isEmpty()) {
            ArrayNode origins = keys.putObject("cors").putArray("origin");
            socketio.corsOrigins().forEach(origins::add);
        }
        if (socketio.connectionStateRecovery()) {
            keys.put("connectionStateRecovery", true);
        }
    }

    private static void text(ObjectNode keys, String key, String value) {
        if (!value.isEmpty()) {
            keys.put(key, value);
        }
    }
}
