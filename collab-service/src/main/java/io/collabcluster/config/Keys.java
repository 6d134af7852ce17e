package io.collabcluster.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The keys of the server itself; those of Socket.IO stand in {@link SocketIoKeys}, the bounds in {@link LimitKeys}. */
final class Keys {

    static final Type<Boolean> FLAG = new Type.Flag();
    static final Type<Boolean> SECTION = new Type.Section();
    static final Type<String> TEXT = new Type.Text(Pattern.compile("(?s).*\\S.*"), "a text that isn't empty");
    static final Set<String> HTTP = Set.of("http", "https");

    static final Key<Long> PORT =
            Key.of("port", new Type.Whole(0, 65_535, ""), 3000L, "The port to listen on; 0 takes a free one.");
    static final Key<String> HOST = Key.of("host", TEXT, "0.0.0.0", "The address to listen on; `0.0.0.0` is all.");
    static final Key<Boolean> LOGGING = Key.of("logging", FLAG, false, "Verbose logging.");
    static final Key<String> SCALING = Key.optional(
            "scaling",
            new Type.OneOf(List.of("horizontal", "vertical", "none")),
            "`vertical`: as many event loops as `cpus`; `none`: one; `horizontal`: several nodes that share a Redis."
                    + " Left out: `vertical` where there is more than one CPU, else `none`.");
    static final Key<Long> CPUS =
            Key.optional("cpus", new Type.Whole(1, 1024, ""), "Event loops of `vertical` scaling. Left out: all CPUs.");
    static final Key<String> REDIS = Key.secret(
            "redisServerUrl",
            new Type.Url(Set.of("redis", "rediss"), "redis://redis.example.com:6379"),
            "The Redis that the nodes share; used with `horizontal`.");

    static final Key<Boolean> ENABLE_TLS = Key.of(
            "enableTls",
            FLAG,
            false,
            "Serve TLS, and nothing else, on the port. Needs `privateKeyFile` and `publicCertFile`, or `keystoreFile` and"
                    + " `passphrase`.");
    static final Key<Path> PRIVATE_KEY = file("privateKeyFile", "The private key, PEM.");
    static final Key<Path> PUBLIC_CERT = file("publicCertFile", "The certificate and its chain, PEM.");
    static final Key<Path> KEYSTORE = file("keystoreFile", "Key and certificate, PKCS12. Wins over the PEM files.");
    static final Key<String> PASSPHRASE = Key.secret("passphrase", TEXT, "The passphrase of `keystoreFile`.");
    static final Key<List<Path>> TRUSTED_CERTS = Key.of(
            "trustedCerts",
            new ListType<>(new Type.File("a path"), 0, "a list of paths of PEM files"),
            List.of(),
            "Private root CAs that the authorization server and the key set are trusted by, PEM.");

    static final Key<Boolean> DATA_SOURCE = Key.optional(
            "dataSource",
            SECTION,
            "The Postgres to keep the data in. Without it, and without `dburl`: an embedded one.");
    static final Key<String> DB_HOST = Key.of("dataSource.host", TEXT, "localhost", "Its host.");
    static final Key<Long> DB_PORT = Key.of("dataSource.port", new Type.Whole(1, 65_535, ""), 5432L, "Its port.");
    static final Key<String> DB_NAME = Key.of("dataSource.database", TEXT, "mstr_collab", "The database.");
    static final Key<String> DB_USER = Key.of("dataSource.username", TEXT, "mstr_collab", "The role to sign in as.");
    static final Key<String> DB_PASSWORD = Key.secret("dataSource.password", TEXT, "Its password.");
    static final Key<Path> DB_KEY = file(
            "dataSource.encryptionKeyFile", "The key file that decrypts the password; `./collab encrypt` makes both.");
    static final Key<Path> DB_ROOT_CERT =
            file("dataSource.sslRootCertFile", "TLS to Postgres, and the CA that its certificate is verified by, PEM.");
    static final Key<Path> DB_CLIENT_CERT =
            file("dataSource.sslClientCertFile", "TLS to Postgres, and the certificate to show it, PEM.");
    static final Key<Path> DB_CLIENT_KEY =
            file("dataSource.sslClientKeyFile", "The private key of `sslClientCertFile`, PEM (PKCS8).");
    static final Key<Long> DB_POOL =
            Key.of("dataSource.poolSize", new Type.Whole(1, 1000, ""), 16L, "Most connections to Postgres at once.");
    static final Key<String> DB_URL = Key.secret(
            "dburl",
            new Type.Url(Set.of("postgres", "postgresql"), "postgresql://user@db1:5432,db2:5432/mstr_collab"),
            "A Postgres URL instead of host, port and database, e.g. of a replicated Postgres.");
    static final Key<Path> DATA_FOLDER = Key.of(
            "dataFolder",
            new Type.File("a path"),
            Path.of("data"),
            "Where the embedded Postgres keeps its data; a relative path starts at config.json's folder.");

    static final Key<String> AUTHORIZATION_SERVER = Key.optional(
            "authorizationServerUrl",
            new Type.Url(HTTP, "https://app.example.com/api"),
            "Base URL of the application's REST API, which knows whom a token belongs to. Ends in `/api`.");
    static final Key<String> NOTIFICATION_BASE = Key.optional(
            "notificationBaseUrl",
            new Type.Url(HTTP, "https://app.example.com"),
            "Base of the links in e-mails. Left out: `authorizationServerUrl`. Checked and kept; no e-mail is sent yet.");
    static final Key<Boolean> ACCESS = Key.optional("access", SECTION, "How people sign in. Without it: see sign-in.");
    static final Key<String> JWT_SECRET = Key.secret(
            "access.jwtSecret",
            new Type.Text(Pattern.compile("(?s).{32,}"), "a text of at least 32 characters"),
            "The HMAC secret of JSON Web Tokens (HS256; HS384 needs 48 characters, HS512 64).");
    static final Key<String> JWKS_URL = Key.optional(
            "access.jwksUrl",
            new Type.Url(HTTP, "https://id.example.com/.well-known/jwks.json"),
            "Where the public keys of JSON Web Tokens are (RS, PS, ES and EdDSA).");
    static final Key<String> ISSUER = Key.optional("access.issuer", TEXT, "The `iss` that tokens must have.");
    static final Key<String> AUDIENCE = Key.optional("access.audience", TEXT, "The `aud` that tokens must name.");
    static final Key<Long> CLOCK_SKEW = Key.of(
            "access.clockSkew", new Type.Whole(0, 300, "seconds"), 10L, "How far the issuer's clock may be off.");
    static final Key<String> AUTHORIZATION_PATH = Key.of(
            "access.authorizationPath",
            new Type.Text(Pattern.compile("/[^\\s?#]*"), "a path that starts with /"),
            "/sessions/userInfo",
            "Path below `authorizationServerUrl` that answers whom a bearer token belongs to.");

    static final Key<Boolean> DRAIN = Key.optional("drain", SECTION, "How a node stops.");
    static final Key<Long> DRAIN_WINDOW = Key.of(
            "drain.window",
            new Type.Whole(0, 3600, "seconds"),
            10L,
            "How long a stopping node takes to close its sockets, spread evenly.");
    static final Key<Boolean> DIAGNOSTICS =
            Key.optional("diagnostics", SECTION, "For checking clients and balancers, and for measuring.");
    static final Key<Boolean> ECHO =
            Key.of("diagnostics.echo", FLAG, false, "Be the echo application, with no collaboration and no Postgres.");

    static final List<Key<?>> ALL = List.of(
            PORT,
            HOST,
            LOGGING,
            SCALING,
            CPUS,
            REDIS,
            ENABLE_TLS,
            PRIVATE_KEY,
            PUBLIC_CERT,
            KEYSTORE,
            PASSPHRASE,
            TRUSTED_CERTS,
            DATA_SOURCE,
            DB_HOST,
            DB_PORT,
            DB_NAME,
            DB_USER,
            DB_PASSWORD,
            DB_KEY,
            DB_ROOT_CERT,
            DB_CLIENT_CERT,
            DB_CLIENT_KEY,
            DB_POOL,
            DB_URL,
            DATA_FOLDER,
            AUTHORIZATION_SERVER,
            NOTIFICATION_BASE,
            ACCESS,
            JWT_SECRET,
            JWKS_URL,
            ISSUER,
            AUDIENCE,
            CLOCK_SKEW,
            AUTHORIZATION_PATH,
            DRAIN,
            DRAIN_WINDOW,
            DIAGNOSTICS,
            ECHO);

    private Keys() {}

    private static Key<Path> file(String path, String doc) {
        return Key.optional(path, new Type.File("the path of a file"), doc);
    }
}
