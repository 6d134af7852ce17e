package io.collabcluster.config;

import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.PresenceOptions;
import io.collabcluster.engineio.ProxyOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the configuration of its settings, and holds the rules that more than one key has a part in. */
final class Rules {

    private final Settings settings;

    Rules(Settings settings) {
        this.settings = settings;
    }

    CollabConfig config(Optional<Path> file) {
        Path base = file.map(path -> path.toAbsolutePath().getParent()).orElse(Path.of(""));
        Scaling scaling = scaling();
        ClusterRules cluster = new ClusterRules(settings);
        ProxyOptions proxy = cluster.proxy();
        SocketIoRules sockets = new SocketIoRules(settings);
        Database database = new DatabaseRules(settings).database(base);
        checkDatabase(scaling, database);
        return new CollabConfig(
                file.map(Path::toAbsolutePath),
                settings.get(Keys.HOST),
                settings.number(Keys.PORT),
                new TlsRules(settings).tls(),
                database,
                scaling,
                eventLoops(scaling),
                cluster.cluster(scaling),
                proxy,
                settings.find(ClusterKeys.AGENT_PORT)
                        .map(port -> OptionalInt.of(Math.toIntExact(port)))
                        .orElse(OptionalInt.empty()),
                settings.find(ClusterKeys.OPERATOR_TOKEN),
                settings.get(Keys.LOGGING),
                sockets.engine(proxy),
                sockets.socketio(),
                new AccessRules(settings).access(),
                new CollabOptions(
                        settings.number(LimitKeys.TEXT),
                        settings.number(LimitKeys.LOCATION),
                        settings.number(LimitKeys.EMBEDDED),
                        settings.number(LimitKeys.PAGE),
                        new PresenceOptions(
                                settings.number(LimitKeys.PRESENCE_STATE),
                                settings.number(LimitKeys.PRESENCE_TOPICS),
                                settings.number(LimitKeys.PRESENCE_MEMBERS),
                                settings.number(LimitKeys.PRESENCE_CHANGES),
                                PresenceOptions.DEFAULTS.grace())),
                settings.find(Keys.NOTIFICATION_BASE).or(() -> settings.find(Keys.AUTHORIZATION_SERVER)),
                Duration.ofSeconds(settings.get(Keys.DRAIN_WINDOW)),
                settings.get(Keys.ECHO),
                settings.effective());
    }

    private Scaling scaling() {
        Optional<Scaling> given = settings.find(Keys.SCALING).map(Scaling::of);
        checkRedis(given);
        return given.orElseGet(() -> cpus() > 1 ? Scaling.VERTICAL : Scaling.NONE);
    }

    private void checkRedis(Optional<Scaling> scaling) {
        boolean horizontal = scaling.equals(Optional.of(Scaling.HORIZONTAL));
        if (horizontal && !settings.given(Keys.REDIS)) {
            settings.fault(Keys.REDIS, "scaling \"horizontal\" needs it", "redis://HOST:6379");
        } else if (!horizontal && settings.find(Keys.REDIS).isPresent()) {
            String wrong = scaling.map(other -> "scaling \"" + other.text() + "\" uses no Redis")
                    .orElse("it is used with scaling \"horizontal\" only");
            if (scaling.isPresent() || !settings.given(Keys.SCALING)) {
                settings.fault(Keys.REDIS, wrong, "leave redisServerUrl out, or set scaling to \"horizontal\"");
            }
        }
    }

    private void checkDatabase(Scaling scaling, Database database) {
        if (scaling == Scaling.HORIZONTAL && database instanceof Database.Embedded && !settings.get(Keys.ECHO)) {
            settings.fault(
                    Keys.DATA_SOURCE,
                    "scaling \"horizontal\" needs it: an embedded Postgres is one node's own",
                    "the Postgres that all nodes share, e.g. {\"host\": \"db.example.com\"}");
        }
    }

    private int cpus() {
        return settings.find(Keys.CPUS).map(Math::toIntExact).orElseGet(() -> Runtime.getRuntime()
                .availableProcessors());
    }

    private int eventLoops(Scaling scaling) {
        if (scaling == Scaling.NONE && settings.given(Keys.SCALING)) {
            if (settings.given(Keys.CPUS) && cpus() > 1) {
                settings.warn("cpus isn't used: scaling \"none\" has one event loop.");
            }
            return 1;
        }
        return cpus();
    }
}
