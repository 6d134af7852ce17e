package io.collabcluster.cli.serve;

import io.collabcluster.balance.AgentCheck;
import io.collabcluster.cli.StartFailure;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.engineio.ProxyProtocol;
import io.collabcluster.engineio.TrustedProxies;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a node does for the balancers in front of it. */
@Singleton
public class Balancing {

    private static final int SECONDS = 10;

    private final Vertx vertx;
    private final CollabConfig config;
    private final AgentCheck agent;

    Balancing(Vertx vertx, CollabConfig config, Node node) {
        this.vertx = vertx;
        this.config = config;
        agent = new AgentCheck(vertx, node.status()::state, () -> node.cpu() / config.cpus());
    }

    void start(@Observes StartupEvent event) throws InterruptedException, TimeoutException {
        if (config.agentCheckPort().isEmpty()) {
            return;
        }
        int port = config.agentCheckPort().getAsInt();
        try {
            agent.listen(config.host(), port)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new StartFailure(
                    "agentCheck.port " + port + " can't be listened on", "set it to a port that is free", e.getCause());
        }
    }

    void listening(@ObservesAsync HttpServerStart event, HttpServer server) {
        expectProxyHeaders(server.getPort());
    }

    void listeningWithTls(@ObservesAsync HttpsServerStart event, HttpServer server) {
        expectProxyHeaders(server.getSecurePort());
    }

    private void expectProxyHeaders(int port) {
        if (config.proxy().protocol()) {
            new ProxyProtocol(new TrustedProxies(config.proxy())).listenAt(vertx, port);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        agent.close();
    }
}
