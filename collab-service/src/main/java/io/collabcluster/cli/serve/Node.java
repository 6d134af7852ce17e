package io.collabcluster.cli.serve;

import io.collabcluster.access.BodyDeadline;
import io.collabcluster.cli.StartFailure;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.Handshake;
import io.collabcluster.socketio.ClientFiles;
import io.collabcluster.status.Dependency;
import io.collabcluster.status.DependencyMonitor;
import io.collabcluster.status.Drain;
import io.collabcluster.status.EventLoopLag;
import io.collabcluster.status.NodeFacts;
import io.collabcluster.status.NodeHealth;
import io.collabcluster.status.NodeStatus;
import io.collabcluster.status.OperatorRoutes;
import io.collabcluster.status.ProcessUsage;
import io.collabcluster.status.RestCalls;
import io.collabcluster.status.ServerMetrics;
import io.collabcluster.status.Shed;
import io.collabcluster.status.StatusReport;
import io.collabcluster.status.StatusRoutes;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** A running node: its parts, in the order in which they start and stop. */
@Singleton
public class Node {

    private static final Duration FIRST_CHECKS = Duration.ofSeconds(10);

    private final CollabConfig config;
    private final NodeStatus status = new NodeStatus();
    private final ServerMetrics metrics;
    private final EventLoopLag lag;
    private final ProcessUsage usage;
    private final NodeHealth health;
    private final RestCalls restCalls;
    private final StatusRoutes statusRoutes;
    private final Optional<Clustering> clustering;
    private final Optional<ClusterMember> member;
    private final Application application;
    private final DependencyMonitor monitor;
    private final Drain drain;
    private final Shed shed;

    Node(
            Vertx vertx,
            MeterRegistry registry,
            CollabConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.config = config;
        metrics = new ServerMetrics(registry, new ServerMetrics.Gauges(this::rooms, this::pool));
        lag = new EventLoopLag(vertx, registry);
        usage = new ProcessUsage(vertx);
        health = new NodeHealth(status, lag::stuck);
        restCalls = new RestCalls(metrics);
        var facts = new NodeFacts(version, config.enableTls(), config.scaling().text(), config.logging());
        var report = new StatusReport(facts, status, metrics, usage, Instant.now());
        clustering = config.cluster().map(options -> new Clustering(vertx, options, metrics));
        member = config.cluster()
                .flatMap(options -> clustering.map(cluster -> new ClusterMember(
                        vertx, config, options, cluster, status, metrics, this::load, report, version)));
        statusRoutes = member.map(cluster -> new StatusRoutes(report, health, cluster::clusterStatus))
                .orElseGet(() -> new StatusRoutes(report, health));
        application = config.diagnosticsEcho()
                ? new Echo(config, clustering, member, this::refuse, metrics)
                : new Collaboration(vertx, config, clustering, member, sharing(), this::refuse, status, metrics);
        monitor = new DependencyMonitor(
                vertx, status, dependencies(), DependencyMonitor.Timing.DEFAULTS, application::resumed);
        application.onFailure(monitor::suspect);
        var clients = new NodeClients(application.engines());
        drain = new Drain(
                vertx,
                status,
                clients,
                restCalls::inFlight,
                this::forwarded,
                application::draining,
                config.drainWindow());
        shed = new Shed(clients, this::hasMoreThanItsShare, application::moving, config.drainWindow());
    }

    private Sharing sharing() {
        return clustering
                .flatMap(cluster -> member.map(self -> cluster.sharing(self.peers())))
                .orElseGet(Sharing::alone);
    }

    private List<Dependency> dependencies() {
        return application.dependencies().stream()
                .map(each -> member.map(cluster -> cluster.registered(each)).orElse(each))
                .toList();
    }

    private Optional<Admission.Refusal> refuse(Handshake handshake) {
        return status.refuse(handshake).or(() -> shed.refuse(handshake));
    }

    private int forwarded() {
        return member.map(ClusterMember::forwarded).orElse(0);
    }

    private boolean hasMoreThanItsShare() {
        return member.filter(ClusterMember::hasMoreThanItsShare).isPresent();
    }

    /** In percent of the CPUs that it may use. */
    private int load() {
        return cpu() / config.cpus();
    }

    private int rooms() {
        return application.rooms();
    }

    private Postgres.Use pool() {
        return application.pool();
    }

    void route(@Observes Router router) {
        new BodyDeadline(BodyDeadline.DEFAULT).route(router);
        restCalls.route(router);
        if (config.socketio().serveClient()) {
            new ClientFiles(config.engine().path(), config.engine().cors()).route(router);
        }
        statusRoutes.route(router);
        new OperatorRoutes(config.operatorToken(), status, drain, shed).route(router);
        member.ifPresent(cluster -> cluster.route(router));
        application.route(router);
        application.engines().forEach(engine -> engine.route(router));
    }

    void start(@Observes StartupEvent event) {
        clustering.ifPresent(Clustering::start);
        application.start();
        try {
            member.ifPresent(cluster -> cluster.start(application.engines()));
        } catch (StartFailure e) {
            // There will be no end that closes it: a check that runs when nothing else does any more is only noise.
            monitor.close();
            throw e;
        }
        monitor.start().await().atMost(FIRST_CHECKS);
        status.started();
    }

    Application application() {
        return application;
    }

    NodeStatus status() {
        return status;
    }

    /** In percent of one core. Any thread. */
    int cpu() {
        return usage.reading().cpu();
    }

    @Produces
    @Liveness
    HealthCheck liveness() {
        return health.liveness();
    }

    @Produces
    @Readiness
    HealthCheck readiness() {
        return health.readiness();
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        drain.run();
    }

    void stop(@Observes ShutdownEvent event) {
        monitor.close();
        member.ifPresent(ClusterMember::stop);
        usage.close();
        lag.close();
        application.close();
        clustering.ifPresent(Clustering::close);
    }
}
