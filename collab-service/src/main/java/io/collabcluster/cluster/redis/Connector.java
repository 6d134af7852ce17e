package io.collabcluster.cluster.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.collabcluster.cluster.redis.RedisOptions.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.redis.client.Redis;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.util.concurrent.TimeUnit;

/** Opens connections, signed in and with the database selected. */
final class Connector {

    private final Vertx vertx;
    private final RedisOptions options;
    private final RedisFault fault;
    private final Timing timing;

    Connector(Vertx vertx, RedisOptions options, Timing timing) {
        this.vertx = vertx;
        this.options = options;
        this.timing = timing;
        fault = new RedisFault(options);
    }

    /** Called on the event loop that the connection is to belong to. */
    Future<Line> connect(Server server) {
        return connect(server, userinfo(), options.database());
    }

    /** A sentinel has no databases; it may have no users either, where the Redis has. */
    Future<Line> connectSentinel(Server server) {
        return connect(server, userinfo(), 0)
                .recover(error -> userinfo().isEmpty() ? Future.failedFuture(error) : connect(server, "", 0));
    }

    private Future<Line> connect(Server server, String userinfo, int database) {
        return host(server).compose(host -> {
            String scheme = options.tls().isPresent() ? "rediss://" : "redis://";
            String path = database == 0 ? "" : "/" + database;
            return open(server, scheme + userinfo + host + ':' + server.port() + path);
        });
    }

    private Future<Line> open(Server server, String address) {
        Redis client;
        try {
            client = Redis.createClient(vertx, clientOptions(address));
        } catch (RuntimeException e) {
            return Future.failedFuture(fault.explain(e, server));
        }
        return client.connect()
                .timeout(timing.connect().toMillis(), TimeUnit.MILLISECONDS)
                .map(connection -> new Line(server, client, connection, fault))
                .recover(error -> {
                    client.close();
                    return Future.failedFuture(fault.explain(error, server));
                });
    }

    private io.vertx.redis.client.RedisOptions clientOptions(String address) {
        return new io.vertx.redis.client.RedisOptions()
                .setConnectionString(address)
                .setNetClientOptions(netOptions())
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setPoolCleanerInterval(-1)
                .setMaxWaitingHandlers(Outbox.WINDOW * 2);
    }

    private NetClientOptions netOptions() {
        var net = new NetClientOptions()
                .setConnectTimeout((int) timing.connect().toMillis())
                .setTcpKeepAlive(true);
        options.tls().ifPresent(files -> secure(net, files));
        return net;
    }

    private static void secure(NetClientOptions net, TlsFiles files) {
        net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
        files.root().ifPresent(root -> net.setTrustOptions(new PemTrustOptions().addCertPath(root.toString())));
        files.certificate()
                .ifPresent(certificate -> net.setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(certificate.toString())
                        .addKeyPath(files.key().orElseThrow().toString())));
    }

    /**
     * As a URI has it. The client takes nothing else: a name with an underscore, as containers have them, is resolved
     * here; each time, as the address may change.
     */
    private Future<String> host(Server server) {
        String host = bracketed(server.host());
        if (isUriHost(host)) {
            return Future.succeededFuture(host);
        }
        if (options.tls().isPresent()) {
            return Future.failedFuture(RedisFault.misconfigured("TLS with " + RedisFault.at(server)
                    + " can't be verified, as this is no host's name: give it another one, of letters, digits and hyphens,"
                    + " that its certificate names"));
        }
        Promise<InetAddress> resolved =
                ((VertxInternal) vertx).getOrCreateContext().promise();
        ((VertxInternal) vertx).resolveAddress(server.host(), resolved);
        return resolved.future()
                .timeout(timing.connect().toMillis(), TimeUnit.MILLISECONDS)
                .map(address -> bracketed(address.getHostAddress()))
                .recover(error -> Future.failedFuture(fault.explain(error, server)));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }

    private static boolean isUriHost(String host) {
        try {
            return host.equals(new URI("redis://" + host).getHost());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private String userinfo() {
        return options.password()
                .map(password ->
                        options.username().map(Connector::encoded).orElse("default") + ':' + encoded(password) + '@')
                .orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
