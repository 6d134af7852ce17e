package io.collabcluster.config;

import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.engineio.ProxyOptions;
import io.collabcluster.engineio.Subnet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code redisServerUrl}, {@code redis}, {@code cluster} and {@code proxy}. */
final class ClusterRules {

    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    private final Settings settings;

    ClusterRules(Settings settings) {
        this.settings = settings;
    }

    /** Empty where the scaling is another, or a fault was found. */
    Optional<ClusterOptions> cluster(Scaling scaling) {
        if (scaling != Scaling.HORIZONTAL) {
            warnOfUnused(scaling);
            return Optional.empty();
        }
        return settings.find(Keys.REDIS)
                .flatMap(this::url)
                .flatMap(this::redis)
                .map(redis -> new ClusterOptions(
                        redis,
                        settings.find(ClusterKeys.ID),
                        settings.number(ClusterKeys.NODE_PORT),
                        settings.find(ClusterKeys.ADDRESS),
                        settings.find(ClusterKeys.URL),
                        settings.number(ClusterKeys.WEIGHT),
                        settings.find(ClusterKeys.NODE_SECRET)));
    }

    private void warnOfUnused(Scaling scaling) {
        for (Key<?> key : List.of(ClusterKeys.REDIS, ClusterKeys.CLUSTER)) {
            if (settings.given(key)) {
                settings.warn(key.path() + " isn't used: scaling is \"" + scaling.text() + "\".");
            }
        }
    }

    private Optional<RedisUrl> url(String text) {
        Optional<RedisUrl> url = RedisUrl.parse(text);
        if (url.isEmpty()) {
            settings.fault(Keys.REDIS, "there is no host in it, or its port is none", "redis://HOST:6379");
        }
        return url;
    }

    private Optional<RedisOptions> redis(RedisUrl url) {
        RedisOptions.Mode mode =
                RedisOptions.Mode.valueOf(settings.get(ClusterKeys.MODE).toUpperCase(Locale.ROOT));
        return Optional.of(new RedisOptions(
                mode,
                servers(url, mode),
                settings.get(ClusterKeys.MASTER),
                database(url, mode),
                settings.find(ClusterKeys.USERNAME).or(url::user),
                settings.find(ClusterKeys.PASSWORD).or(url::password),
                tls(url),
                RedisOptions.Format.valueOf(settings.get(ClusterKeys.ADAPTER).toUpperCase(Locale.ROOT)),
                new Names(settings.get(ClusterKeys.KEY))));
    }

    private List<RedisOptions.Server> servers(RedisUrl url, RedisOptions.Mode mode) {
        int usual = mode == RedisOptions.Mode.SENTINEL ? SENTINEL_PORT : REDIS_PORT;
        var servers = new ArrayList<RedisOptions.Server>();
        servers.add(new RedisOptions.Server(url.host(), url.port().orElse(usual)));
        for (String node : settings.get(ClusterKeys.NODES)) {
            RedisUrl.server(node)
                    .ifPresentOrElse(
                            servers::add,
                            () -> settings.fault(
                                    ClusterKeys.NODES, '"' + node + "\" is no address", "HOST:PORT, HOST:PORT"));
        }
        if (servers.size() > 1 && mode == RedisOptions.Mode.STANDALONE) {
            settings.fault(
                    ClusterKeys.NODES,
                    "redis.mode \"standalone\" has one server",
                    "redis.mode \"sentinel\" or \"cluster\", or no redis.nodes");
        }
        return List.copyOf(servers);
    }

    private int database(RedisUrl url, RedisOptions.Mode mode) {
        boolean one = mode == RedisOptions.Mode.CLUSTER;
        if (url.database().isEmpty() || url.database().matches(one ? "0" : "\\d{1,4}")) {
            return url.database().isEmpty() ? 0 : Integer.parseInt(url.database());
        }
        settings.fault(
                Keys.REDIS,
                "its path isn't the number of a database",
                one ? "no path: a Redis Cluster has one database" : "redis://HOST:6379/0");
        return 0;
    }

    private Optional<RedisOptions.TlsFiles> tls(RedisUrl url) {
        Optional<Path> root = settings.find(ClusterKeys.ROOT_CERT);
        Optional<Path> certificate = settings.find(ClusterKeys.CLIENT_CERT);
        Optional<Path> key = settings.find(ClusterKeys.CLIENT_KEY);
        if (!url.tls() && (root.isPresent() || certificate.isPresent())) {
            settings.fault(Keys.REDIS, "redis has files for TLS, but the URL says plain", "rediss://HOST:6379");
        }
        if (certificate.isPresent() && !settings.given(ClusterKeys.CLIENT_KEY)) {
            settings.fault(ClusterKeys.CLIENT_KEY, "redis.sslClientCertFile needs it", "the path of its private key");
        }
        if (key.isPresent() && !settings.given(ClusterKeys.CLIENT_CERT)) {
            settings.fault(ClusterKeys.CLIENT_CERT, "redis.sslClientKeyFile needs it", "the path of its certificate");
        }
        certificates(ClusterKeys.ROOT_CERT, root);
        certificates(ClusterKeys.CLIENT_CERT, certificate);
        return url.tls() ? Optional.of(new RedisOptions.TlsFiles(root, certificate, key)) : Optional.empty();
    }

    private void certificates(Key<Path> key, Optional<Path> file) {
        if (file.isPresent()) {
            try {
                TlsFiles.checkCertificates(file.get());
            } catch (Mismatch e) {
                settings.fault(key, e.getMessage(), e.right());
            }
        }
    }

    ProxyOptions proxy() {
        var trusted = settings.get(ClusterKeys.TRUSTED).stream()
                .flatMap(range -> Subnet.parse(range).stream())
                .toList();
        boolean protocol = settings.get(ClusterKeys.PROXY_PROTOCOL);
        if (protocol && trusted.isEmpty() && !settings.given(ClusterKeys.TRUSTED)) {
            settings.fault(
                    ClusterKeys.PROXY_PROTOCOL,
                    "there is nobody to take it from",
                    "proxy.trusted with the balancers' addresses, e.g. [\"10.0.0.0/8\"]");
        }
        return new ProxyOptions(trusted, protocol);
    }
}
