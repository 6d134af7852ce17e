package io.collabcluster.cli.serve;

import io.collabcluster.access.Authenticator;
import io.collabcluster.access.Authenticators;
import io.collabcluster.cli.page.Page;
import io.collabcluster.collab.comment.CommentEvents;
import io.collabcluster.collab.comment.CommentRepository;
import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.presence.PresenceEvents;
import io.collabcluster.collab.presence.PresenceService;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.CorsHeaders;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineNode;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.Session;
import io.collabcluster.socketio.AdapterFactory;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.SocketIoServer;
import io.collabcluster.status.Dependency;
import io.collabcluster.status.NodeStatus;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Comments on topics, over Socket.IO and REST, with the page. */
final class Collaboration implements Application {

    private final CollabConfig config;
    private final Storage storage;
    private final SocketIoServer sockets;
    private final EngineServer engine;
    private final TopicFeeds feeds;
    private final CommentService comments;
    private final PresenceService presence;
    private final Authenticator authenticator;
    private final Optional<Clustering> clustering;

    Collaboration(
            Vertx vertx,
            CollabConfig config,
            Optional<Clustering> clustering,
            Optional<ClusterMember> member,
            Sharing sharing,
            Admission admission,
            NodeStatus status,
            EngineMetrics metrics) {
        this.config = config;
        this.clustering = clustering;
        storage = new Storage(vertx, config.database());
        sockets = new SocketIoServer(
                config.socketio(),
                clustering.flatMap(cluster -> member.map(cluster::adapters)).orElse(AdapterFactory.LOCAL));
        engine = new EngineServer(
                config.engine(),
                admission,
                metrics,
                sockets,
                member.map(ClusterMember::engineNode).orElseGet(EngineNode::alone));
        authenticator = Authenticators.of(config.access(), vertx);
        Namespace main = sockets.of("/");
        var repository = new CommentRepository(storage.postgres());
        var loops = loops(vertx);
        feeds = new TopicFeeds(
                repository,
                CommentEvents.room(main),
                sharing.news(),
                loops,
                config.collab().pageSize(),
                sharing.compareHeads());
        comments = new CommentService(repository, config.collab(), status, feeds::committed);
        CommentEvents.install(main, authenticator, comments, feeds);
        presence = new PresenceService(
                main, sharing.roster(), loops, config.collab(), comments::authorizeSubscription, status);
        PresenceEvents.install(main, presence);
        clustering.ifPresent(cluster -> cluster.onBack(feeds::compareHeads));
    }

    private static List<EventExecutor> loops(Vertx vertx) {
        var loops = new ArrayList<EventExecutor>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loops::add);
        return loops;
    }

    CommentService comments() {
        return comments;
    }

    PresenceService presence() {
        return presence;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    @Override
    public Postgres.Use pool() {
        return storage.postgres().use();
    }

    @Override
    public void route(Router router) {
        config.engine().cors().map(CorsHeaders::new).ifPresent(cors -> restCors(router, cors));
        var signIn = config.access().guestsOnly() ? Page.SignIn.GUEST : Page.SignIn.TOKEN;
        new Page(config.engine().path(), signIn).route(router);
    }

    /** One cors block for both ways to the same comments. */
    private static void restCors(Router router, CorsHeaders cors) {
        router.route("/api/*").order(-1_900).handler(rc -> {
            if (!cors.apply(rc.request())) {
                rc.next();
            }
        });
    }

    @Override
    public List<EngineServer> engines() {
        return List.of(engine);
    }

    @Override
    public List<Dependency> dependencies() {
        var needed = new ArrayList<Dependency>();
        needed.add(new Dependency(Dependency.DB_SERVICE, storage::check));
        clustering.map(Clustering::dependency).ifPresent(needed::add);
        if (config.access().authorizationServerUrl().isPresent()) {
            needed.add(new Dependency(Dependency.AUTHORIZATION_SERVER, authenticator::check));
        }
        return needed;
    }

    @Override
    public void onFailure(Consumer<String> suspect) {
        storage.postgres().onUnavailable(() -> suspect.accept(Dependency.DB_SERVICE));
        clustering.ifPresent(cluster -> cluster.onChange(suspect));
    }

    @Override
    public int rooms() {
        return sockets.rooms();
    }

    @Override
    public void start() {
        storage.migrate();
    }

    @Override
    public void resumed() {
        feeds.compareHeads();
    }

    @Override
    public void draining(Duration window) {
        // Only those of this node: the others' stay.
        sockets.of("/").local().emit(Application.DRAINING, Application.windowOf(window));
    }

    @Override
    public void moving(Session session, Duration window) {
        sockets.emit(session, Application.DRAINING, Application.windowOf(window));
    }

    @Override
    public void close() {
        sockets.close();
        feeds.close();
        storage.close();
    }
}
