package io.collabcluster.config;

import io.collabcluster.engineio.EngineOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Tells Quarkus what config.json says about the port, TLS, event loops, sizes and logging.
 *
 * <p>It speaks only in a server that was started with the system property {@link ConfigReader#FILE_PROPERTY}; at build time,
 * and in tests that don't set it, it has nothing to say.
 */
public final class CollabConfigSource implements ConfigSource {

    /** Above application.properties, below environment and system properties. */
    private static final int ORDINAL = 275;

    /** A polling body may be as large as a message; the engine itself refuses what is too large, with its own reason. */
    private static final int FRAME_MARGIN = 16;

    /** JSON may write one byte as six ({@code \u0000}), and has names and braces besides. */
    private static final long JSON_GROWTH = 6;

    private static final long JSON_FRAME = 4096;
    /** Longer than the server keeps silent on a poll that waits. An upgraded WebSocket has its heartbeat instead. */
    private static final Duration IDLE_AFTER_HEARTBEAT = Duration.ofSeconds(15);

    private static final String TLS_NAME = "collab";

    private final Map<String, String> properties;

    public CollabConfigSource() {
        this(System.getProperty(ConfigReader.FILE_PROPERTY) == null ? Map.of() : running());
    }

    private CollabConfigSource(Map<String, String> properties) {
        this.properties = properties;
    }

    private static Map<String, String> running() {
        return switch (ConfigReader.readRunning()) {
            case ConfigReader.Valid(CollabConfig config, var _) -> properties(config);
            case ConfigReader.Invalid(var faults) ->
                throw new IllegalStateException("the configuration has faults: " + faults);
        };
    }

    /** What the configuration means in Quarkus's own terms. */
    static Map<String, String> properties(CollabConfig config) {
        Map<String, String> properties = new LinkedHashMap<>();
        EngineOptions engine = config.engine();
        properties.put("quarkus.http.host", config.host());
        properties.put("quarkus.http.port", String.valueOf(config.port()));
        config.tls().ifPresent(tls -> putTls(properties, config.port(), tls));
        properties.put("quarkus.vertx.event-loops-pool-size", String.valueOf(config.cpus()));
        properties.put("quarkus.http.limits.max-body-size", String.valueOf(largestBody(config)));
        Duration idle = engine.pingInterval().plus(engine.pingTimeout()).plus(IDLE_AFTER_HEARTBEAT);
        properties.put("quarkus.http.idle-timeout", idle.toSeconds() + "S");
        if (config.logging()) {
            properties.put("quarkus.log.category.\"io.collabcluster\".level", "DEBUG");
        }
        return properties;
    }

    /** The one port then serves TLS only. */
    private static void putTls(Map<String, String> properties, int port, Tls tls) {
        properties.put("quarkus.http.ssl-port", String.valueOf(port));
        properties.put("quarkus.http.insecure-requests", "disabled");
        properties.put("quarkus.http.tls-configuration-name", TLS_NAME);
        String store = "quarkus.tls." + TLS_NAME + ".key-store.";
        switch (tls) {
            case Tls.Pem pem -> {
                properties.put(store + "pem.server.key", pem.privateKey().toString());
                properties.put(store + "pem.server.cert", pem.certificate().toString());
            }
            case Tls.Pkcs12 pkcs12 -> {
                properties.put(store + "p12.path", pkcs12.keystore().toString());
                properties.put(store + "p12.password", pkcs12.passphrase());
            }
        }
    }

    /** Of a polling request, or of a comment that is posted by REST. */
    private static long largestBody(CollabConfig config) {
        long comment = (long) config.collab().textBytes()
                + config.collab().locationBytes()
                + config.collab().embeddedBytes();
        return Math.max(config.engine().maxHttpBufferSize() + FRAME_MARGIN, JSON_FRAME + JSON_GROWTH * comment);
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return properties.keySet();
    }

    @Override
    public String getValue(String name) {
        return properties.get(name);
    }

    @Override
    public String getName() {
        return "config.json";
    }
}
