package io.collabcluster.config;

import io.collabcluster.engineio.EngineLimits;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineOptions.Cookie;
import io.collabcluster.engineio.EngineOptions.Cors;
import io.collabcluster.engineio.ProxyOptions;
import io.collabcluster.engineio.TransportName;
import io.collabcluster.socketio.SocketIoOptions;
import io.collabcluster.socketio.SocketIoOptions.Recovery;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code socketio} and the part of {@code limits} that it needs. */
final class SocketIoRules {

    /** Paths of the server's own, which a client's path may not hide. */
    private static final List<String> TAKEN = List.of("/api", "/status", "/servers", "/q", "/engine.io");

    private final Settings settings;

    SocketIoRules(Settings settings) {
        this.settings = settings;
    }

    EngineOptions engine(ProxyOptions proxy) {
        return new EngineOptions(
                path(),
                settings.get(SocketIoKeys.TRAILING_SLASH),
                transports(),
                settings.get(SocketIoKeys.ALLOW_UPGRADES),
                millis(SocketIoKeys.UPGRADE_TIMEOUT),
                millis(SocketIoKeys.PING_INTERVAL),
                millis(SocketIoKeys.PING_TIMEOUT),
                maxHttpBufferSize(),
                threshold(SocketIoKeys.DEFLATE, SocketIoKeys.DEFLATE_THRESHOLD),
                threshold(SocketIoKeys.COMPRESSION, SocketIoKeys.COMPRESSION_THRESHOLD),
                cookie(),
                cors(),
                new EngineLimits(
                        settings.get(LimitKeys.OUTBOUND),
                        settings.get(LimitKeys.INBOUND),
                        settings.number(LimitKeys.CONNECTIONS),
                        settings.number(LimitKeys.HANDSHAKES)),
                proxy);
    }

    SocketIoOptions socketio() {
        Optional<Recovery> recovery = settings.get(SocketIoKeys.RECOVERY)
                ? Optional.of(
                        new Recovery(millis(SocketIoKeys.RECOVERY_DURATION), settings.get(SocketIoKeys.RECOVERY_SKIP)))
                : Optional.empty();
        return new SocketIoOptions(
                millis(SocketIoKeys.CONNECT_TIMEOUT),
                settings.get(SocketIoKeys.SERVE_CLIENT),
                settings.get(SocketIoKeys.CLEANUP),
                settings.number(LimitKeys.ATTACHMENTS),
                settings.number(LimitKeys.JOINS),
                recovery);
    }

    /** Without the slashes at its end, which the reference server adds by itself. */
    private String path() {
        String path = settings.get(SocketIoKeys.PATH).replaceFirst("/+$", "");
        if (!path.matches("(/[A-Za-z0-9._~-]+)+") || path.matches(".*/\\.{1,2}(/.*)?")) {
            settings.fault(
                    SocketIoKeys.PATH,
                    "\"" + settings.get(SocketIoKeys.PATH) + "\" can't be served",
                    "a path such as \"/socket.io\" or \"/live/socket.io\", of letters, digits and . _ ~ -");
        }
        for (String taken : TAKEN) {
            if (path.equals(taken) || path.startsWith(taken + "/")) {
                settings.fault(
                        SocketIoKeys.PATH,
                        "the server has a use of its own for " + taken,
                        "another path, e.g. \"/socket.io\"");
            }
        }
        return path;
    }

    private Set<TransportName> transports() {
        Set<TransportName> transports = EnumSet.noneOf(TransportName.class);
        settings.get(SocketIoKeys.TRANSPORTS)
                .forEach(name -> transports.add(TransportName.valueOf(name.toUpperCase(Locale.ROOT))));
        return Set.copyOf(transports);
    }

    private int maxHttpBufferSize() {
        int size = settings.number(SocketIoKeys.MAX_BUFFER);
        long outbound = settings.get(LimitKeys.OUTBOUND);
        if (size > outbound) {
            settings.warn("socketio.maxHttpBufferSize (" + size + ") is larger than limits.outboundBytes (" + outbound
                    + "): a message between them can be sent, but its receivers are closed as slow consumers.");
        }
        return size;
    }

    private Optional<Integer> threshold(Key<Boolean> on, Key<Long> threshold) {
        return settings.get(on) ? Optional.of(settings.number(threshold)) : Optional.empty();
    }

    private Optional<Cookie> cookie() {
        String shorthand = settings.get(SocketIoKeys.COOKIE);
        if (shorthand.equals(Type.FlagOrText.FALSE)) {
            return Optional.empty();
        }
        String name = settings.get(SocketIoKeys.COOKIE_NAME);
        if (!shorthand.equals(Type.FlagOrText.TRUE)) {
            try {
                name = SocketIoKeys.COOKIE_NAME.type().read(new Element.Text(shorthand, Where.defaults()));
            } catch (Mismatch e) {
                settings.fault(SocketIoKeys.COOKIE, "got \"" + shorthand + '"', e.right());
            }
        }
        boolean secure = settings.get(SocketIoKeys.COOKIE_SECURE);
        String sameSite = settings.get(SocketIoKeys.COOKIE_SAME_SITE);
        if (sameSite.equals("none") && !secure) {
            settings.fault(
                    SocketIoKeys.COOKIE_SECURE, "browsers drop a cookie with sameSite none that isn't secure", "true");
        }
        return Optional.of(new Cookie(
                name,
                settings.get(SocketIoKeys.COOKIE_PATH),
                settings.get(SocketIoKeys.COOKIE_HTTP_ONLY),
                secure,
                sameSite,
                settings.find(SocketIoKeys.COOKIE_MAX_AGE).map(Duration::ofSeconds)));
    }

    private Optional<Cors> cors() {
        List<String> origins = settings.get(SocketIoKeys.CORS_ORIGIN);
        if (!settings.get(SocketIoKeys.CORS) || origins.equals(List.of("false"))) {
            return Optional.empty();
        }
        boolean reflect = origins.equals(List.of("true"));
        boolean credentials = settings.get(SocketIoKeys.CORS_CREDENTIALS);
        if (credentials && origins.contains("*")) {
            settings.fault(
                    SocketIoKeys.CORS_ORIGIN,
                    "browsers refuse \"*\" together with credentials",
                    "the origins by name, or true to answer the request's own");
        }
        return Optional.of(new Cors(
                reflect ? List.of() : origins,
                reflect,
                settings.get(SocketIoKeys.CORS_METHODS),
                settings.get(SocketIoKeys.CORS_ALLOWED),
                settings.get(SocketIoKeys.CORS_EXPOSED),
                credentials,
                settings.find(SocketIoKeys.CORS_MAX_AGE).map(Duration::ofSeconds),
                settings.get(SocketIoKeys.CORS_CONTINUE),
                settings.number(SocketIoKeys.CORS_STATUS)));
    }

    private Duration millis(Key<Long> key) {
        return Duration.ofMillis(settings.get(key));
    }
}
