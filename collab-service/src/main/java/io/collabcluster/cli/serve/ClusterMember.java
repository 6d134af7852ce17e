package io.collabcluster.cli.serve;

import io.collabcluster.balance.ServersRoute;
import io.collabcluster.cli.StartFailure;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.adapter.Membership;
import io.collabcluster.cluster.node.FairShare;
import io.collabcluster.cluster.node.ForwardMetrics;
import io.collabcluster.cluster.node.Forwarding;
import io.collabcluster.cluster.node.InternalAddress;
import io.collabcluster.cluster.node.NodeClient;
import io.collabcluster.cluster.node.NodeIdTakenException;
import io.collabcluster.cluster.node.NodeRegistry;
import io.collabcluster.cluster.node.NodeSecret;
import io.collabcluster.cluster.node.NodeServer;
import io.collabcluster.cluster.node.RelayingNodes;
import io.collabcluster.cluster.roster.Peers;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.engineio.EngineNode;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.NodeId;
import io.collabcluster.status.ClusterStatus;
import io.collabcluster.status.Dependency;
import io.collabcluster.status.NodeState;
import io.collabcluster.status.NodeStatus;
import io.collabcluster.status.ServerMetrics;
import io.collabcluster.status.StatusReport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** This node among the others of its cluster: the registry, the port for the others, and the forwarding to them. */
final class ClusterMember implements Membership {

    private static final Logger LOG = Logger.getLogger(ClusterMember.class);

    /** Beyond what a long poll takes. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** A configured id is waited for as long as a lease lasts. */
    private static final int START_SECONDS = 20;

    private static final int STOP_SECONDS = 5;

    private final CollabConfig config;
    private final ClusterOptions options;
    private final NodeRegistry registry;
    private final NodeClient client;
    private final NodeServer server;
    private final Forwarding forwarding;
    private final RelayingNodes relays;
    private final ForwardMetrics forwarded;
    private final ClusterStatus clusterStatus;
    private final FairShare share;
    private final Router internal;
    private final Peers peers;
    private volatile boolean started;

    /** @param load how busy the node is, in percent of its CPUs */
    ClusterMember(
            Vertx vertx,
            CollabConfig config,
            ClusterOptions options,
            Clustering clustering,
            NodeStatus status,
            ServerMetrics metrics,
            IntSupplier load,
            StatusReport report,
            String version) {
        this.config = config;
        this.options = options;
        var secret = new NodeSecret(options.secret());
        var certificate = config.tls().map(InternalKey::of);
        forwarded = new ForwardMetrics();
        internal = Router.router(vertx);
        var address = new InternalAddress(
                vertx, options.address(), options.redis().servers().getFirst(), this::port);
        var self = new Self(
                options,
                address,
                status,
                metrics::connectionsCurrent,
                load,
                version,
                certificate.map(key -> NodeServer.certificateHash(key, vertx)));
        registry = new NodeRegistry(
                vertx, clustering.redis(), options.redis().names(), secret, NodeRegistry.Timing.DEFAULTS, self);
        registry.onJoined(node -> address.doubt(node).ifPresent(LOG::warn));
        peers = new RegistryPeers(registry, self.uid());
        server = new NodeServer(vertx, certificate, secret, registry::claimed, internal, forwarded);
        Duration deadline = config.engine()
                .pingInterval()
                .plus(config.engine().pingTimeout())
                .plus(MARGIN);
        client = new NodeClient(vertx, registry, secret, deadline);
        forwarding = new Forwarding(vertx, registry, client, self.uid(), deadline, forwarded);
        relays = new RelayingNodes(registry, client, self.uid());
        clusterStatus = new ClusterStatus(report, self.uid(), registry, client);
        share = new FairShare(registry, self.uid(), metrics::connectionsCurrent);
        status.onChange((_, to) -> changed(to));
        clustering.onBack(registry::changed);
        ClusterGauges.register(metrics, registry, forwarded);
    }

    private int port() {
        return server.port();
    }

    private void changed(NodeState to) {
        registry.changed();
        if (to == NodeState.DRAINING) {
            forwarding.drain(config.drainWindow());
        }
    }

    /** For every engine of this node. */
    EngineNode engineNode() {
        return new EngineNode(registry::id, forwarding, relays);
    }

    NodeRegistry registry() {
        return registry;
    }

    /** The others, for the roster. */
    Peers peers() {
        return peers;
    }

    @Override
    public Optional<String> self() {
        return registry.claimed().map(NodeId::text);
    }

    @Override
    public Set<String> nodes() {
        return registry.live().stream().map(node -> node.id().text()).collect(Collectors.toSet());
    }

    /** Redis is there for this node only while it has an id that no other has: without it, it may have no new session. */
    Dependency registered(Dependency dependency) {
        return dependency.name().equals(Dependency.REDIS_SERVER)
                ? new Dependency(
                        dependency.name(), () -> dependency.check().get().chain(this::checkRegistered))
                : dependency;
    }

    /** Until its start is over, a node that has no session yet need not be registered. */
    private Uni<Void> checkRegistered() {
        return started
                ? Uni.createFrom().completionStage(() -> registry.ensureUp().toCompletionStage())
                : Uni.createFrom().voidItem();
    }

    /** Requests and WebSockets of other nodes' sessions that are on their way through this one. */
    int forwarded() {
        return forwarded.underWay();
    }

    boolean hasMoreThanItsShare() {
        return share.exceeded();
    }

    /** What clients ask: {@code /servers}. */
    void route(Router router) {
        new ServersRoute(
                        () -> PublicServers.of(registry.live()), config.engine().cors())
                .route(router);
    }

    Future<JsonArray> clusterStatus() {
        return clusterStatus.nodes();
    }

    /** Opens the port for the other nodes, and registers. Blocks; without Redis, it registers later. */
    void start(List<EngineServer> engines) {
        clusterStatus.routeInternally(internal);
        relays.routeInternally(internal);
        engines.forEach(engine -> engine.routeForwarded(internal));
        listen();
        try {
            await(registry.start(), START_SECONDS);
            started = true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NodeIdTakenException taken) {
                throw new StartFailure(
                        taken.getMessage(), "give each node a cluster.id of its own, or none at all", taken);
            }
            throw new IllegalStateException("this node could not be registered", e.getCause());
        }
    }

    private void listen() {
        try {
            await(server.listen(config.host(), options.port()), START_SECONDS);
        } catch (ExecutionException e) {
            throw new StartFailure(
                    "cluster.port " + options.port() + " can't be listened on: "
                            + e.getCause().getMessage(),
                    "set it to a port that is free, or 0",
                    e.getCause());
        }
        LOG.infof("The other nodes reach this one at port %d", server.port());
    }

    /** The other nodes know at once that it is gone. Blocks for seconds at most. */
    void stop() {
        try {
            await(registry.stop(), STOP_SECONDS);
            await(server.close(), STOP_SECONDS);
        } catch (ExecutionException | IllegalStateException e) {
            LOG.warn("The node has not left its cluster in an orderly way: its lease will end", e);
        }
        client.close();
    }

    private static void await(Future<?> future, int seconds) throws ExecutionException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nothing has come of it within " + seconds + " s", e);
        }
    }
}
