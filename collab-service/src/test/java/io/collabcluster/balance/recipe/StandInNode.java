package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Client;
import io.collabcluster.engineio.ProxyOptions;
import io.collabcluster.engineio.ProxyProtocol;
import io.collabcluster.engineio.Subnet;
import io.collabcluster.engineio.TrustedProxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** What a balancer sees of a node: it says its id, who it takes the client for, and what it was asked for; refuses sessions; echoes on WebSockets. */
final class StandInNode implements AutoCloseable {

    private final String id;
    private final String host;
    private final TrustedProxies proxies;
    private final HttpServer server;
    private volatile boolean refusing;

    private StandInNode(Vertx vertx, String id, String host, boolean proxyProtocol)
            throws InterruptedException, ExecutionException {
        this.id = id;
        this.host = host;
        proxies = new TrustedProxies(
                new ProxyOptions(List.of(Subnet.parse("127.0.0.1").orElseThrow()), proxyProtocol));
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, host)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        if (proxyProtocol) {
            new ProxyProtocol(proxies).listenAt(vertx, server.actualPort());
        }
    }

    static StandInNode start(Vertx vertx, String id) throws InterruptedException, ExecutionException {
        return new StandInNode(vertx, id, "127.0.0.1", false);
    }

    static StandInNode behindProxyProtocol(Vertx vertx, String id) throws InterruptedException, ExecutionException {
        return new StandInNode(vertx, id, "127.0.0.1", true);
    }

    /** @param host an address of its own, for what all nodes have on the same port */
    static StandInNode at(Vertx vertx, String host, String id) throws InterruptedException, ExecutionException {
        return new StandInNode(vertx, id, host, false);
    }

    private void answer(HttpServerRequest request) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            // Not by a handler of the server's: where Quarkus has run in this process, Vert.x heeds none.
            request.toWebSocket().onSuccess(this::echo);
            return;
        }
        boolean fresh = request.path().equals("/socket.io/") && request.getParam("sid") == null;
        if (refusing && fresh) {
            request.response().setStatusCode(503).putHeader("Retry-After", "5").end("refused");
            return;
        }
        Client client = proxies.client(request);
        request.response()
                .putHeader("Seen-Uri", request.uri())
                .end(id + " " + client.address() + (client.secure() ? " tls" : " plain"));
    }

    private void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
        socket.writeTextMessage(id);
    }

    String id() {
        return id;
    }

    /** As {@code --nodes} takes it. */
    String backend() {
        return id + "=" + host + ":" + server.actualPort();
    }

    /** New sessions from now on, as a node does that drains or is paused. */
    void refuse() {
        refusing = true;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
