package io.collabcluster.cluster.node;

import io.collabcluster.engineio.Client;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.TrustOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Requests to the internal ports of the other nodes. */
public final class NodeClient {

    private static final Logger LOG = Logger.getLogger(NodeClient.class);

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final int MOST_HEADER_BYTES = 64 * 1024;

    /** Between two nodes; each long poll has one while it lasts. */
    private static final int MOST_REQUESTS = 20_000;

    private static final int MOST_WAITING = 1_000;

    /** Well below what the other node waits for. */
    private static final int KEEP_ALIVE_SECONDS = 60;

    private final NodeRegistry registry;
    private final NodeSecret secret;
    private final OnceAMinute complaints = new OnceAMinute();
    private final HttpClient requests;
    private final HttpClient tunnels;

    /** @param idle after which a request on which nothing moves is given up */
    public NodeClient(Vertx vertx, NodeRegistry registry, NodeSecret secret, Duration idle) {
        this.registry = registry;
        this.secret = secret;
        var trust = TrustOptions.wrap(new PinnedCertificates(hash -> registry.live().stream()
                .anyMatch(node -> node.certificate().filter(hash::equals).isPresent())));
        requests = client(
                vertx, options(trust).setIdleTimeout((int) idle.toMillis()).setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        tunnels = client(vertx, options(trust));
    }

    private static HttpClientOptions options(TrustOptions trust) {
        return new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTrustOptions(trust)
                // The certificate is pinned: it may be for any host.
                .setVerifyHost(false);
    }

    private static HttpClient client(Vertx vertx, HttpClientOptions options) {
        return vertx.createHttpClient(
                options, new PoolOptions().setHttp1MaxSize(MOST_REQUESTS).setMaxWaitQueueSize(MOST_WAITING));
    }

    /** A request that is to be sent on as it came. The headers have the proof, and nothing else. */
    Future<HttpClientRequest> request(NodeRecord to, HttpMethod method, String uri, Client client) {
        return open(requests, to, method, uri, client);
    }

    /** The same for one that becomes a WebSocket. */
    Future<HttpClientRequest> upgrade(NodeRecord to, String uri, Client client) {
        return open(tunnels, to, HttpMethod.GET, uri, client);
    }

    /** Asks a node itself. Fails after the deadline, and when the answer is not 200. */
    public Future<Buffer> get(NodeRecord from, String path, Duration deadline) {
        return open(requests, from, HttpMethod.GET, path, new Client("node", false))
                .compose(request -> request.idleTimeout(deadline.toMillis())
                        .send()
                        .compose(response -> {
                            if (response.statusCode() != 200) {
                                return Future.failedFuture("it answers " + response.statusCode());
                            }
                            return response.body();
                        }));
    }

    private Future<HttpClientRequest> open(
            HttpClient pool, NodeRecord to, HttpMethod method, String uri, Client client) {
        var proof = Proof.of(secret, to.id(), method, uri, client);
        if (proof.isEmpty()) {
            return Future.failedFuture("the nodes' secret is not known yet");
        }
        var authority = HostAndPort.parseAuthority(to.address(), -1);
        if (authority == null || authority.port() <= 0) {
            return Future.failedFuture("\"" + to.address() + "\" is no host and port");
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        proof.get().put(headers);
        return pool.request(new RequestOptions()
                .setMethod(method)
                .setHost(bare(authority.host()))
                .setPort(authority.port())
                .setSsl(to.certificate().isPresent())
                .setURI(uri)
                .setConnectTimeout(CONNECT.toMillis())
                .setHeaders(headers));
    }

    /** A node has said 401. Logged once a minute: it happens for each request. */
    void refusedBy(NodeRecord node) {
        if (complaints.isDue()) {
            LOG.warn(complaint(node));
        }
    }

    /** Why a node may have said 401, and what would be right. */
    String complaint(NodeRecord node) {
        boolean itself = registry.claimed()
                .flatMap(registry::find)
                .filter(own -> InternalAddress.leadsBack(node.address(), own.address()))
                .isPresent();
        return itself
                ? "Node " + node.id() + " is said to be at " + node.address()
                        + ", where this node finds itself: set cluster.address there to HOST:PORT under which the others"
                        + " reach it"
                : "Node " + node.id() + " at " + node.address()
                        + " does not believe that this is a node of its cluster: cluster.secret must be the same";
    }

    /** An IPv6 address is written in brackets only beside a port. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public void close() {
        requests.close();
        tunnels.close();
    }
}
