package io.collabcluster.config;

import static io.collabcluster.config.Keys.FLAG;
import static io.collabcluster.config.Keys.SECTION;

import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineOptions.Cookie;
import io.collabcluster.engineio.EngineOptions.Cors;
import io.collabcluster.socketio.SocketIoOptions;
import io.collabcluster.socketio.SocketIoOptions.Recovery;
import java.util.List;
import java.util.regex.Pattern;

/** The keys below {@code socketio}: the reference server's options, with its names, units and defaults. */
final class SocketIoKeys {

    private static final EngineOptions ENGINE = EngineOptions.DEFAULTS;
    private static final SocketIoOptions SOCKETS = SocketIoOptions.DEFAULTS;
    private static final long DAY = 86_400_000;
    private static final Type<String> NAME = new Type.Text(
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"), "a name of letters, digits and -_.~!#$%&'*+^`|");

    static final Key<Boolean> SOCKETIO =
            Key.optional("socketio", SECTION, "The options of the Socket.IO reference server, with its names.");
    static final Key<String> PATH = Key.of(
            "socketio.path",
            new Type.Text(Pattern.compile("/.*"), "a path that starts with /"),
            ENGINE.path(),
            "Where clients connect.");
    static final Key<Boolean> TRAILING_SLASH = Key.of(
            "socketio.addTrailingSlash", FLAG, ENGINE.addTrailingSlash(), "Serve `path` with a `/` at its end, too.");
    static final Key<Boolean> SERVE_CLIENT =
            Key.of("socketio.serveClient", FLAG, SOCKETS.serveClient(), "Serve the client's files below `path`.");
    static final Key<Long> CONNECT_TIMEOUT = Key.of(
            "socketio.connectTimeout",
            millis(),
            SOCKETS.connectTimeout().toMillis(),
            "How long a client may take to join a namespace.");
    static final Key<List<String>> TRANSPORTS = Key.of(
            "socketio.transports",
            new ListType<>(
                    new Type.OneOf(List.of("polling", "websocket")), 1, "a list of \"polling\" and \"websocket\""),
            List.of("polling", "websocket"),
            "The transports that clients may use.");
    static final Key<Boolean> ALLOW_UPGRADES =
            Key.of("socketio.allowUpgrades", FLAG, ENGINE.allowUpgrades(), "Let a polling client go on to WebSocket.");
    static final Key<Long> UPGRADE_TIMEOUT = Key.of(
            "socketio.upgradeTimeout", millis(), ENGINE.upgradeTimeout().toMillis(), "How long an upgrade may take.");
    static final Key<Long> PING_INTERVAL = Key.of(
            "socketio.pingInterval", millis(), ENGINE.pingInterval().toMillis(), "Between two pings of the server.");
    static final Key<Long> PING_TIMEOUT = Key.of(
            "socketio.pingTimeout",
            millis(),
            ENGINE.pingTimeout().toMillis(),
            "How long a client may take to answer one.");
    static final Key<Long> MAX_BUFFER = Key.of(
            "socketio.maxHttpBufferSize",
            new Type.Whole(1024, 1 << 30, "bytes"),
            (long) ENGINE.maxHttpBufferSize(),
            "The largest message.");
    static final Key<Boolean> DEFLATE = Key.of(
            "socketio.perMessageDeflate",
            FLAG,
            false,
            "Compress WebSocket messages; costs about 1 MB per connection. `true`, `false`, or an object.");
    static final Key<Long> DEFLATE_THRESHOLD =
            Key.of("socketio.perMessageDeflate.threshold", bytes(), 1024L, "Only messages of at least this size.");
    static final Key<Boolean> COMPRESSION =
            Key.of("socketio.httpCompression", FLAG, true, "Compress polling answers. `true`, `false`, or an object.");
    static final Key<Long> COMPRESSION_THRESHOLD =
            Key.of("socketio.httpCompression.threshold", bytes(), 1024L, "Only answers of at least this size.");
    static final Key<Boolean> CLEANUP = Key.of(
            "socketio.cleanupEmptyChildNamespaces",
            FLAG,
            SOCKETS.cleanupEmptyChildNamespaces(),
            "Remove a dynamic namespace when its last socket leaves.");
    static final Key<Boolean> RECOVERY = Key.of(
            "socketio.connectionStateRecovery",
            FLAG,
            false,
            "Give a client that comes back its rooms and what it missed. `true`, `false`, or an object.");
    static final Key<Long> RECOVERY_DURATION = Key.of(
            "socketio.connectionStateRecovery.maxDisconnectionDuration",
            millis(),
            Recovery.DEFAULTS.maxDisconnectionDuration().toMillis(),
            "How long it may be away.");
    static final Key<Boolean> RECOVERY_SKIP = Key.of(
            "socketio.connectionStateRecovery.skipMiddlewares",
            FLAG,
            Recovery.DEFAULTS.skipMiddlewares(),
            "Don't ask the middlewares again.");
    static final Key<String> COOKIE = Key.of(
            "socketio.cookie",
            new Type.FlagOrText("false, true, a name, or an object {…}"),
            Type.FlagOrText.FALSE,
            "A cookie with the session id, for balancers. `true`, `false`, its name, or an object.");
    static final Key<String> COOKIE_NAME = Key.of("socketio.cookie.name", NAME, Cookie.DEFAULTS.name(), "Its name.");
    static final Key<String> COOKIE_PATH = Key.of(
            "socketio.cookie.path",
            new Type.Text(Pattern.compile("/[\\x21-\\x3a\\x3c-\\x7e]*"), "a path that starts with /"),
            Cookie.DEFAULTS.path(),
            "The path that browsers send it for.");
    static final Key<Boolean> COOKIE_HTTP_ONLY =
            Key.of("socketio.cookie.httpOnly", FLAG, Cookie.DEFAULTS.httpOnly(), "Hide it from scripts.");
    static final Key<Boolean> COOKIE_SECURE =
            Key.of("socketio.cookie.secure", FLAG, Cookie.DEFAULTS.secure(), "Send it over TLS only.");
    static final Key<String> COOKIE_SAME_SITE = Key.of(
            "socketio.cookie.sameSite",
            new Type.OneOf(List.of("lax", "strict", "none")),
            Cookie.DEFAULTS.sameSite(),
            "Whether other sites' pages send it.");
    static final Key<Long> COOKIE_MAX_AGE = Key.optional(
            "socketio.cookie.maxAge",
            new Type.Whole(0, DAY, "seconds"),
            "How long browsers keep it. Left out: until they close.");
    static final Key<Boolean> CORS = Key.of(
            "socketio.cors", FLAG, false, "Pages of other origins may connect: the options of the `cors` module.");
    static final Key<List<String>> CORS_ORIGIN = Key.of(
            "socketio.cors.origin",
            new OriginsType("\"*\", true, false, an origin such as \"https://app.example.com\", a regular expression"
                    + " \"/…/\", or a list of these"),
            Cors.DEFAULTS.origins(),
            "Which origins; `true` answers the request's own, and an entry `/…/` is a regular expression.");
    static final Key<List<String>> CORS_METHODS =
            Key.of("socketio.cors.methods", names("methods"), Cors.DEFAULTS.methods(), "Which methods.");
    static final Key<List<String>> CORS_ALLOWED = Key.of(
            "socketio.cors.allowedHeaders",
            names("header names"),
            Cors.DEFAULTS.allowedHeaders(),
            "Which request headers. Left out: those that are asked for.");
    static final Key<List<String>> CORS_EXPOSED = Key.of(
            "socketio.cors.exposedHeaders",
            names("header names"),
            Cors.DEFAULTS.exposedHeaders(),
            "Which response headers scripts may read.");
    static final Key<Boolean> CORS_CREDENTIALS =
            Key.of("socketio.cors.credentials", FLAG, Cors.DEFAULTS.credentials(), "Let browsers send cookies.");
    static final Key<Long> CORS_MAX_AGE = Key.optional(
            "socketio.cors.maxAge", new Type.Whole(0, DAY, "seconds"), "How long browsers keep the answer.");
    static final Key<Boolean> CORS_CONTINUE = Key.of(
            "socketio.cors.preflightContinue", FLAG, Cors.DEFAULTS.preflightContinue(), "Pass a preflight request on.");
    static final Key<Long> CORS_STATUS = Key.of(
            "socketio.cors.optionsSuccessStatus",
            new Type.Whole(200, 299, ""),
            (long) Cors.DEFAULTS.optionsSuccessStatus(),
            "The status of the answer to a preflight request.");

    static final List<Key<?>> ALL = List.of(
            SOCKETIO,
            PATH,
            TRAILING_SLASH,
            SERVE_CLIENT,
            CONNECT_TIMEOUT,
            TRANSPORTS,
            ALLOW_UPGRADES,
            UPGRADE_TIMEOUT,
            PING_INTERVAL,
            PING_TIMEOUT,
            MAX_BUFFER,
            DEFLATE,
            DEFLATE_THRESHOLD,
            COMPRESSION,
            COMPRESSION_THRESHOLD,
            CLEANUP,
            RECOVERY,
            RECOVERY_DURATION,
            RECOVERY_SKIP,
            COOKIE,
            COOKIE_NAME,
            COOKIE_PATH,
            COOKIE_HTTP_ONLY,
            COOKIE_SECURE,
            COOKIE_SAME_SITE,
            COOKIE_MAX_AGE,
            CORS,
            CORS_ORIGIN,
            CORS_METHODS,
            CORS_ALLOWED,
            CORS_EXPOSED,
            CORS_CREDENTIALS,
            CORS_MAX_AGE,
            CORS_CONTINUE,
            CORS_STATUS);

    private SocketIoKeys() {}

    private static Type<Long> millis() {
        return new Type.Whole(1, DAY, "milliseconds");
    }

    private static Type<Long> bytes() {
        return new Type.Whole(0, 1 << 30, "bytes");
    }

    private static Type<List<String>> names(String what) {
        return new ListType<>(NAME, 0, "a list of " + what + ", or one text with commas");
    }
}
