package io.collabcluster.config;

import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.redis.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The keys of a cluster: the Redis that the nodes share, the nodes themselves, and what stands in front of them. */
final class ClusterKeys {

    private static final Type<Long> PORT = new Type.Whole(0, 65_535, "");
    private static final Type<String> SECRET =
            new Type.Text(Pattern.compile("(?s).{32,}"), "a text of at least 32 characters");

    static final Key<Boolean> REDIS =
            Key.optional("redis", Keys.SECTION, "What `redisServerUrl` can't say of the shared Redis.");
    static final Key<String> ADAPTER = Key.of(
            "redis.adapter",
            new Type.OneOf(List.of("classic", "sharded")),
            "classic",
            "The format in which broadcasts travel: `classic` as `@socket.io/redis-adapter` by default; `sharded` as its"
                    + " sharded adapter, for Redis 7 and later.");
    static final Key<String> KEY = Key.of(
            "redis.key",
            new Type.Text(Pattern.compile("[^\\s#{}*?\\[\\]]{1,64}"), "1 to 64 characters without spaces and #{}*?[]"),
            Names.DEFAULT_KEY,
            "What the cluster is called in Redis, and the adapters' option `key`. Clusters that share a Redis have"
                    + " different ones.");
    static final Key<String> MODE = Key.of(
            "redis.mode",
            new Type.OneOf(List.of("standalone", "sentinel", "cluster")),
            "standalone",
            "What `redisServerUrl` leads to: the Redis itself, its sentinels, or nodes of a Redis Cluster.");
    static final Key<List<String>> NODES = Key.of(
            "redis.nodes",
            new ListType<>(new Type.Text(Pattern.compile("[^\\s/@]+:\\d{1,5}"), "HOST:PORT"), 0, "a list of HOST:PORT"),
            List.of(),
            "More sentinels or nodes beside that of `redisServerUrl`.");
    static final Key<String> MASTER =
            Key.of("redis.master", Keys.TEXT, "mymaster", "The name that the sentinels know the master by.");
    static final Key<String> USERNAME =
            Key.optional("redis.username", Keys.TEXT, "The user (Redis 6 and later) to sign in as.");
    static final Key<String> PASSWORD =
            Key.secret("redis.password", Keys.TEXT, "The password, where it should not stand in the URL.");
    static final Key<Path> ROOT_CERT =
            file("redis.sslRootCertFile", "The CA that the certificate of a `rediss://` server is verified by, PEM.");
    static final Key<Path> CLIENT_CERT =
            file("redis.sslClientCertFile", "The certificate to show to a `rediss://` server, PEM.");
    static final Key<Path> CLIENT_KEY =
            file("redis.sslClientKeyFile", "The private key of `redis.sslClientCertFile`, PEM (PKCS8).");

    static final Key<Boolean> CLUSTER =
            Key.optional("cluster", Keys.SECTION, "This node among the others of `horizontal` scaling.");
    static final Key<String> ID = Key.optional(
            "cluster.id",
            new Type.Text(Pattern.compile("[A-Za-z0-9_-]{4}"), "4 characters of A-Z a-z 0-9 _ -"),
            "This node's own id, which its sessions' ids begin with: for balancers that route by them. Left out: chosen"
                    + " at the start.");
    static final Key<Long> NODE_PORT = Key.of(
            "cluster.port",
            PORT,
            (long) ClusterOptions.DEFAULT_PORT,
            "The port that the other nodes reach this one at; 0 takes a free one. Not for clients.");
    static final Key<String> ADDRESS = Key.optional(
            "cluster.address",
            new Type.Text(Pattern.compile("[^\\s/@]+:\\d{1,5}"), "HOST:PORT"),
            "Where the other nodes reach that port. Left out: the address by which this machine reaches Redis.");
    static final Key<String> URL = Key.optional(
            "cluster.url",
            new Type.Url(Keys.HTTP, "https://node1.example.com"),
            "Where clients reach this very node; with it the node is offered by `/servers`.");
    static final Key<Long> WEIGHT = Key.of(
            "cluster.weight",
            new Type.Whole(1, 1000, ""),
            (long) ClusterOptions.DEFAULT_WEIGHT,
            "Its share of the clients that choose by `/servers`, beside the other nodes' weights.");
    static final Key<String> NODE_SECRET = Key.secret(
            "cluster.secret",
            SECRET,
            "What the nodes prove themselves to one another with. Left out: one that they keep in Redis.");

    static final Key<Boolean> PROXY = Key.optional("proxy", Keys.SECTION, "The balancers in front of the node.");
    static final Key<List<String>> TRUSTED = Key.of(
            "proxy.trusted",
            new ListType<>(new CidrType(), 0, CidrType.EXPECTED),
            List.of(),
            "Whose word on a client's address is taken: in `X-Forwarded-For`, or by the PROXY protocol.");
    static final Key<Boolean> PROXY_PROTOCOL = Key.of(
            "proxy.protocol",
            Keys.FLAG,
            false,
            "Take the PROXY protocol, version 1 or 2, on connections of `proxy.trusted`.");

    static final Key<Boolean> AGENT = Key.optional("agentCheck", Keys.SECTION, "HAProxy's agent-check.");
    static final Key<Long> AGENT_PORT = Key.optional(
            "agentCheck.port",
            PORT,
            "The port that tells HAProxy the node's load, and that it drains. Left out: none.");

    static final Key<Boolean> OPERATOR = Key.optional("operator", Keys.SECTION, "Who may drain and shed.");
    static final Key<String> OPERATOR_TOKEN = Key.secret(
            "operator.token", SECRET, "The bearer token of `/admin/drain` and `/admin/shed`. Left out: nobody may.");

    static final List<Key<?>> ALL = List.of(
            REDIS,
            ADAPTER,
            KEY,
            MODE,
            NODES,
            MASTER,
            USERNAME,
            PASSWORD,
            ROOT_CERT,
            CLIENT_CERT,
            CLIENT_KEY,
            CLUSTER,
            ID,
            NODE_PORT,
            ADDRESS,
            URL,
            WEIGHT,
            NODE_SECRET,
            PROXY,
            TRUSTED,
            PROXY_PROTOCOL,
            AGENT,
            AGENT_PORT,
            OPERATOR,
            OPERATOR_TOKEN);

    private ClusterKeys() {}

    private static Key<Path> file(String path, String doc) {
        return Key.optional(path, new Type.File("the path of a file"), doc);
    }
}
