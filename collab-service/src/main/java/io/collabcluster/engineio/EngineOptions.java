package io.collabcluster.engineio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The options of an Engine.IO server, with the names and defaults of the reference server.
 *
 * @param path where the server listens, without a trailing slash, e.g. {@code /socket.io}
 * @param addTrailingSlash whether {@code path + "/"} is served beside {@code path}
 * @param maxHttpBufferSize the largest message or polling body in bytes; told to clients as {@code maxPayload}
 * @param perMessageDeflateThreshold compress WebSocket messages of at least this many bytes; empty: never
 * @param httpCompressionThreshold compress polling answers of at least this many bytes; empty: never
 */
public record EngineOptions(
        String path,
        boolean addTrailingSlash,
        Set<TransportName> transports,
        boolean allowUpgrades,
        Duration upgradeTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        int maxHttpBufferSize,
        Optional<Integer> perMessageDeflateThreshold,
        Optional<Integer> httpCompressionThreshold,
        Optional<Cookie> cookie,
        Optional<Cors> cors,
        EngineLimits limits,
        ProxyOptions proxy) {

    public static final EngineOptions DEFAULTS = new EngineOptions(
            "/socket.io",
            true,
            Set.of(TransportName.POLLING, TransportName.WEBSOCKET),
            true,
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(20),
            1_000_000,
            Optional.empty(),
            Optional.of(1024),
            Optional.empty(),
            Optional.empty(),
            EngineLimits.DEFAULTS,
            ProxyOptions.NONE);

    /** The same at another path. */
    public EngineOptions at(String other) {
        return new EngineOptions(
                other,
                addTrailingSlash,
                transports,
                allowUpgrades,
                upgradeTimeout,
                pingInterval,
                pingTimeout,
                maxHttpBufferSize,
                perMessageDeflateThreshold,
                httpCompressionThreshold,
                cookie,
                cors,
                limits,
                proxy);
    }

    /** The cookie that carries the session id, set on the handshake's answer only. {@code sameSite}: lax, strict or none. */
    public record Cookie(
            String name, String path, boolean httpOnly, boolean secure, String sameSite, Optional<Duration> maxAge) {
        public static final Cookie DEFAULTS = new Cookie("io", "/", true, false, "lax", Optional.empty());
    }

    /**
     * The options of the {@code cors} module.
     *
     * @param origins allowed origins; {@code *} allows all. An entry {@code /…/} is a regular expression
     * @param reflect answer the request's own origin, whatever it is ({@code origin: true})
     * @param allowedHeaders empty: what the request asks for
     */
    public record Cors(
            List<String> origins,
            boolean reflect,
            List<String> methods,
            List<String> allowedHeaders,
            List<String> exposedHeaders,
            boolean credentials,
            Optional<Duration> maxAge,
            boolean preflightContinue,
            int optionsSuccessStatus) {
        public static final Cors DEFAULTS = new Cors(
                List.of("*"),
                false,
                List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                false,
                204);
    }
}
