package io.collabcluster.collab;

import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.roster.Roster;
import io.collabcluster.collab.comment.CommentEvents;
import io.collabcluster.collab.comment.CommentRepository;
import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.presence.PresenceEvents;
import io.collabcluster.collab.presence.PresenceService;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.topic.TopicFeeds;
import io.collabcluster.collab.topic.TopicNews;
import io.collabcluster.engineio.Admission;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineMetrics;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.socketio.LocalAdapter;
import io.collabcluster.socketio.Namespace;
import io.collabcluster.socketio.SocketIoOptions;
import io.collabcluster.socketio.SocketIoServer;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The collaboration part of a node, at a path of its own. */
public final class CollabStack implements AutoCloseable {

    /** For which a lost member stays: short, as tests wait for its end. */
    public static final Duration GRACE = Duration.ofMillis(700);

    private static final CollabOptions OPTIONS =
            new CollabOptions(10_000, 4_096, 65_536, 200, new PresenceOptions(100, 3, 5, 1_000, GRACE));

    private final AtomicReference<Optional<String>> unavailable = new AtomicReference<>(Optional.empty());
    private final Namespace namespace;
    private final TopicFeeds feeds;
    private final CommentService comments;
    private final PresenceService presence;
    private final EngineServer engine;

    /** @param every how often the heads are compared */
    public CollabStack(Vertx vertx, Postgres postgres, String path, TopicNews news, Roster roster, Duration every) {
        var repository = new CommentRepository(postgres);
        var server = new SocketIoServer(SocketIoOptions.DEFAULTS, LocalAdapter::new);
        namespace = server.of("/");
        var loops = new ArrayList<EventExecutor>();
        ((VertxInternal) vertx).getEventLoopGroup().forEach(loops::add);
        feeds = new TopicFeeds(repository, CommentEvents.room(namespace), news, loops, OPTIONS.pageSize(), every);
        comments = new CommentService(repository, OPTIONS, unavailable::get, feeds::committed);
        CommentEvents.install(namespace, new TestAuthenticator(), comments, feeds);
        presence = new PresenceService(
                namespace, roster, loops, OPTIONS, comments::authorizeSubscription, unavailable::get);
        PresenceEvents.install(namespace, presence);
        engine = new EngineServer(EngineOptions.DEFAULTS.at(path), Admission.OPEN, EngineMetrics.NONE, server);
    }

    public void route(Router router) {
        engine.route(router);
    }

    public CommentService comments() {
        return comments;
    }

    public PresenceService presence() {
        return presence;
    }

    public TopicFeeds feeds() {
        return feeds;
    }

    public void unavailable(Optional<String> reason) {
        unavailable.set(reason);
    }

    /** Cuts a client's connection; returns when its socket is gone. */
    public void lose(String socket) {
        var session = namespace.find(socket).orElseThrow().session();
        session.loop().execute(() -> session.close(CloseReason.FORCED_SERVER_CLOSE));
        await().until(() -> namespace.find(socket).isEmpty());
    }

    @Override
    public void close() {
        feeds.close();
    }
}
