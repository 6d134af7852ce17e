package io.collabcluster.config;

import io.collabcluster.access.AccessOptions;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.engineio.ProxyOptions;
import io.collabcluster.socketio.SocketIoOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that config.json and the environment say, checked and typed.
 *
 * @param file the config.json; empty: only the environment and the defaults
 * @param port 0: a free one
 * @param tls empty: plain HTTP
 * @param cpus how many event loops
 * @param cluster exactly with {@link Scaling#HORIZONTAL}
 * @param agentCheckPort what HAProxy asks; 0: a free one; empty: none
 * @param operatorToken of those who may drain and shed; empty: nobody may
 * @param logging verbose
 * @param engine its {@code cors} counts for the REST API as well
 * @param notificationBaseUrl base of the links in e-mails
 * @param drainWindow over which a stopping node closes its sockets
 * @param diagnosticsEcho be the protocol's echo application, without a database
 * @param effective what differs from the defaults, for people
 */
public record CollabConfig(
        Optional<Path> file,
        String host,
        int port,
        Optional<Tls> tls,
        Database database,
        Scaling scaling,
        int cpus,
        Optional<ClusterOptions> cluster,
        ProxyOptions proxy,
        OptionalInt agentCheckPort,
        Optional<String> operatorToken,
        boolean logging,
        EngineOptions engine,
        SocketIoOptions socketio,
        AccessOptions access,
        CollabOptions collab,
        Optional<String> notificationBaseUrl,
        Duration drainWindow,
        boolean diagnosticsEcho,
        List<Effective> effective) {

    /** Whether this node brings its own database. */
    public boolean standalone() {
        return database instanceof Database.Embedded;
    }

    public boolean enableTls() {
        return tls.isPresent();
    }

    /** Keeps secrets out of logs. */
    @Override
    public String toString() {
        return "CollabConfig" + effective;
    }
}
