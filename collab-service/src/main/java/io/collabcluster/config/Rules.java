package io.collabcluster.config;

import io.collabcluster.collab.CollabOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Makes the configuration of its settings, and holds the rules that more than one key has a part in. */
final class Rules {

    private final Settings settings;

    Rules(Settings settings) {
        this.settings = settings;
    }

    CollabConfig config(Optional<Path> file) {
        Path base = file.map(path -> path.toAbsolutePath().getParent()).orElse(Path.of(""));
        Scaling scaling = scaling();
        SocketIoRules sockets = new SocketIoRules(settings);
        return new CollabConfig(
                file.map(Path::toAbsolutePath),
                settings.get(Keys.HOST),
                settings.number(Keys.PORT),
                new TlsRules(settings).tls(),
                new DatabaseRules(settings).database(base),
                scaling,
                eventLoops(scaling),
                settings.find(Keys.REDIS),
                settings.get(Keys.LOGGING),
                sockets.engine(),
                sockets.socketio(),
                new AccessRules(settings).access(),
                new CollabOptions(
                        settings.number(LimitKeys.TEXT),
                        settings.number(LimitKeys.LOCATION),
                        settings.number(LimitKeys.EMBEDDED),
                        settings.number(LimitKeys.PAGE)),
                settings.find(Keys.NOTIFICATION_BASE).or(() -> settings.find(Keys.AUTHORIZATION_SERVER)),
                Duration.ofSeconds(settings.get(Keys.DRAIN_WINDOW)),
                settings.get(Keys.ECHO),
                settings.effective());
    }

    private Scaling scaling() {
        Optional<Scaling> given = settings.find(Keys.SCALING).map(Scaling::of);
        refuseClustering(given);
        return given.orElseGet(() -> cpus() > 1 ? Scaling.VERTICAL : Scaling.NONE);
    }

    /** Until there is clustering. */
    private void refuseClustering(Optional<Scaling> scaling) {
        if (scaling.equals(Optional.of(Scaling.HORIZONTAL))) {
            if (!settings.given(Keys.REDIS)) {
                settings.fault(Keys.REDIS, "scaling \"horizontal\" needs it", "redis://HOST:6379");
            }
            settings.fault(
                    Keys.SCALING,
                    "\"horizontal\" is understood, but this version can't join nodes to a cluster yet",
                    "to run one node now: \"vertical\" (or leave scaling out), without redisServerUrl");
        } else if (settings.find(Keys.REDIS).isPresent() && scaling.isPresent()) {
            settings.fault(
                    Keys.REDIS,
                    "scaling \"" + scaling.get().text() + "\" uses no Redis",
                    "leave redisServerUrl out, or set scaling to \"horizontal\" once this version can join nodes");
        } else if (settings.find(Keys.REDIS).isPresent() && !settings.given(Keys.SCALING)) {
            settings.fault(
                    Keys.REDIS,
                    "it is understood, but this version can't join nodes to a cluster yet",
                    "to run one node now: leave redisServerUrl out");
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
