package io.collabcluster.cluster.node;

import io.collabcluster.engineio.Strays.Stray;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** One request on its way to the session's node, and the answer on its way back. On the event loop of the client's connection. */
final class ForwardedRequest {

    private static final Logger LOG = Logger.getLogger(ForwardedRequest.class);

    /** They belong to a connection, not to what is sent over it (RFC 9110 section 7.6.1); the last is answered by this node. */
    private static final List<String> HOP_BY_HOP = List.of(
            "Connection",
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authenticate",
            "Proxy-Authorization",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "Expect");

    /** How long what is left of a refused body is read, so that the client sees the answer. */
    private static final long LINGER_MILLIS = 2_000;

    private final Stray stray;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final NodeRecord owner;
    private final NodeClient client;
    private final String uid;
    private final Tunnels tunnels;
    private final ForwardMetrics metrics;
    private final ContextInternal context;
    private Optional<HttpClientRequest> sent = Optional.empty();
    private long timer;
    /** The answer, or that there is none, is on its way. */
    private boolean decided;
    /** The answer is written, or a tunnel, or there is nobody to write to. */
    private boolean finished;

    private boolean tunnelled;

    ForwardedRequest(
            Stray stray,
            NodeRecord owner,
            NodeClient client,
            String uid,
            Tunnels tunnels,
            ForwardMetrics metrics,
            ContextInternal context) {
        this.stray = stray;
        this.request = stray.request();
        this.response = request.response();
        this.owner = owner;
        this.client = client;
        this.uid = uid;
        this.tunnels = tunnels;
        this.metrics = metrics;
        this.context = context;
    }

    /** To HTTP/2, say, a node does not upgrade for another. */
    private boolean isUpgrade() {
        return request.method() == HttpMethod.GET && "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    void begin(Duration deadline) {
        if (response.closed()) {
            return;
        }
        metrics.open(1);
        response.closeHandler(_ -> aborted());
        timer = context.setTimer(
                deadline.toMillis(),
                _ -> unreachable(
                        new IllegalStateException("it has not answered within " + deadline.toSeconds() + " s")));
        var opened = isUpgrade()
                ? client.upgrade(owner, request.uri(), stray.client())
                : client.request(owner, request.method(), request.uri(), stray.client());
        opened.onSuccess(to -> context.runOnContext(_ -> send(to)))
                .onFailure(failure -> context.runOnContext(_ -> unreachable(failure)));
    }

    private void send(HttpClientRequest to) {
        if (decided) {
            to.reset();
            return;
        }
        sent = Optional.of(to);
        to.exceptionHandler(failure -> LOG.debugf("Node %s: %s", owner.id(), failure.getMessage()));
        MultiMap own = MultiMap.caseInsensitiveMultiMap().addAll(to.headers());
        to.headers().addAll(request.headers());
        hopByHop(request.headers()).forEach(to.headers()::remove);
        own.names().forEach(name -> to.putHeader(name, own.get(name)));
        to.putHeader(Forwarded.RELAY, uid);
        if (isUpgrade()) {
            to.putHeader("Connection", "Upgrade").putHeader("Upgrade", request.getHeader("Upgrade"));
            to.connect()
                    .onSuccess(this::answered)
                    .onFailure(failure -> context.runOnContext(_ -> unreachable(failure)));
            return;
        }
        to.response().onSuccess(this::answered).onFailure(failure -> context.runOnContext(_ -> unreachable(failure)));
        if (request.method() == HttpMethod.GET) {
            to.headers().remove("Content-Length");
            request.resume();
            to.end();
        } else {
            to.setChunked(!to.headers().contains("Content-Length"));
            // The proof goes at once: the other node waits for it, and not for a slow body.
            to.sendHead();
            // A body that breaks off must not look like one that has ended.
            request.pipe().endOnFailure(false).to(to).onFailure(_ -> to.reset());
        }
    }

    /** On the loop of the client's connection, in which the request was opened. */
    private void answered(HttpClientResponse from) {
        from.pause().exceptionHandler(failure -> LOG.debugf("Node %s: %s", owner.id(), failure.getMessage()));
        if (decided) {
            sent.ifPresent(HttpClientRequest::reset);
            return;
        }
        if (from.statusCode() == 401) {
            // The engine has no such answer.
            client.refusedBy(owner);
            unreachable(new IllegalStateException("it refuses this node"));
            return;
        }
        decide();
        response.setStatusCode(from.statusCode());
        copyHeaders(from.headers());
        if (from.statusCode() == 101) {
            tunnel(from);
        } else {
            pass(from);
        }
    }

    /** What this node has said already, e.g. of CORS, the owner says too. */
    private void copyHeaders(MultiMap from) {
        Set<String> dropped = hopByHop(from);
        for (String name : from.names()) {
            if (!dropped.contains(name)) {
                response.headers().set(name, from.getAll(name));
            }
        }
    }

    /** Those that every connection has, and those that this one names. */
    private static Set<String> hopByHop(MultiMap headers) {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(HOP_BY_HOP);
        for (String named : headers.getAll("Connection")) {
            for (String name : named.split(",")) {
                names.add(name.strip());
            }
        }
        names.remove("");
        return names;
    }

    private void pass(HttpClientResponse from) {
        boolean refusedBody = !request.isEnded() && request.version() != HttpVersion.HTTP_2;
        if (refusedBody) {
            response.putHeader("Connection", "close");
        }
        if (from.getHeader("Content-Length") == null) {
            response.setChunked(true);
        }
        // Before the client can have the answer.
        metrics.forwarded(ForwardMetrics.Outcome.ANSWERED);
        from.pipe().endOnFailure(false).to(response).onComplete(done -> {
            finish();
            if (done.failed()) {
                response.reset();
            } else if (refusedBody) {
                request.handler(_ -> {});
                request.endHandler(_ -> request.connection().close());
                request.resume();
                context.setTimer(LINGER_MILLIS, _ -> request.connection().close());
            }
        });
    }

    private void tunnel(HttpClientResponse from) {
        tunnelled = true;
        NetSocket to = from.netSocket();
        response.putHeader("Connection", "Upgrade").putHeader("Upgrade", request.getHeader("Upgrade"));
        request.toNetSocket()
                .onSuccess(socket -> {
                    metrics.forwarded(ForwardMetrics.Outcome.TUNNELLED);
                    tunnels.join(socket, to);
                })
                .onFailure(_ -> to.close())
                .onComplete(_ -> finish());
    }

    /** The client is gone: the owner has to see that. */
    private void aborted() {
        if (!decided) {
            decide();
            metrics.forwarded(ForwardMetrics.Outcome.ABORTED);
        }
        finish();
        if (!tunnelled) {
            sent.ifPresent(HttpClientRequest::reset);
        }
    }

    private void unreachable(Throwable why) {
        if (decided) {
            return;
        }
        decide();
        finish();
        LOG.debugf("Node %s at %s: %s", owner.id(), owner.address(), why.getMessage());
        metrics.forwarded(ForwardMetrics.Outcome.UNREACHABLE);
        sent.ifPresent(HttpClientRequest::reset);
        stray.unknown().run();
    }

    private void decide() {
        decided = true;
        context.owner().cancelTimer(timer);
    }

    private void finish() {
        if (!finished) {
            finished = true;
            metrics.open(-1);
        }
    }
}
