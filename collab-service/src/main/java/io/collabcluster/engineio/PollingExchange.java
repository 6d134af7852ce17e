package io.collabcluster.engineio;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One HTTP request of a client and its answer, which is given at most once, from any thread. */
final class PollingExchange {

    private static final int COMPRESS_ON_WORKER = 32 * 1024;
    private static final long LINGER_MILLIS = 2_000;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final EventLoop loop;
    private final EngineOptions options;
    private final EngineMetrics metrics;
    private final boolean forwarded;
    private final Optional<String> relay;
    private final AtomicBoolean answered = new AtomicBoolean();

    /** @param forwarded whether the request came by way of another node */
    PollingExchange(RoutingContext rc, Engine engine, boolean forwarded) {
        this.vertx = rc.vertx();
        this.request = rc.request();
        this.loop = loop(request);
        this.options = engine.options();
        this.metrics = engine.metrics();
        this.forwarded = forwarded;
        this.relay = forwarded ? engine.relays().of(request) : Optional.empty();
    }

    /** The event loop of a request's connection. */
    static EventLoop loop(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel().eventLoop();
    }

    EventLoop loop() {
        return loop;
    }

    HttpServerRequest request() {
        return request;
    }

    /**
     * What most clients tell their GETs apart by, lest a cache answers them: the {@code t} of the query. One that is sent
     * again, unasked, by a browser, an HTTP library or a proxy whose connection broke, has the same.
     */
    Optional<String> timestamp() {
        return Optional.ofNullable(
                        new QueryStringDecoder(request.uri()).parameters().get("t"))
                .map(List::getFirst);
    }

    /** The node that the request has come through: see {@link Relays#of}. Empty, too, when it came straight here. */
    Optional<String> relay() {
        return relay;
    }

    /** Called on the request's loop when the client goes away before it has the answer. */
    void onAbort(Runnable aborted) {
        onLoop(() -> {
            if (request.response().closed()) {
                aborted.run();
            } else {
                request.response().closeHandler(closed -> aborted.run());
            }
        });
    }

    /** Reads the body; over {@code maxHttpBufferSize} the answer is 413 and nothing more is kept. */
    void body(Consumer<Buffer> complete, Runnable tooLarge) {
        onLoop(() -> {
            int limit = options.maxHttpBufferSize();
            if (declaredLength() > limit) {
                deny(Denial.tooLarge(limit));
                tooLarge.run();
                return;
            }
            Buffer body = Buffer.buffer();
            request.handler(chunk -> {
                if (answered.get()) {
                    return;
                }
                if (body.length() + chunk.length() > limit) {
                    deny(Denial.tooLarge(limit));
                    tooLarge.run();
                } else {
                    body.appendBuffer(chunk);
                }
            });
            request.exceptionHandler(failure -> {});
            request.endHandler(end -> {
                if (!answered.get()) {
                    complete.accept(body);
                }
            });
            request.resume();
        });
    }

    /** The answer to a POST. */
    void ok() {
        answer("text/html", Buffer.buffer("ok"), () -> {}, () -> {});
    }

    /**
     * @param sent called on the request's loop when the answer left this process
     * @param lost called on the request's loop when it can't any more; or, after {@code sent}, when the node that was to
     *     pass it on is gone before it has asked for anything else
     */
    void packets(Buffer payload, Runnable sent, Runnable lost) {
        Optional<ContentCoding> coding = options.httpCompressionThreshold()
                .filter(threshold -> payload.length() >= threshold)
                .flatMap(threshold -> ContentCoding.accepted(request.getHeader("Accept-Encoding")));
        String type = "text/plain; charset=UTF-8";
        if (coding.isEmpty()) {
            answer(type, payload, sent, lost);
        } else if (payload.length() < COMPRESS_ON_WORKER) {
            request.response().putHeader("Content-Encoding", coding.get().wireName());
            answer(type, coding.get().encode(payload), sent, lost);
        } else {
            request.response().putHeader("Content-Encoding", coding.get().wireName());
            vertx.executeBlocking(() -> coding.get().encode(payload), false)
                    .onSuccess(body -> answer(type, body, sent, lost))
                    .onFailure(failure -> lost.run());
        }
    }

    private void answer(String contentType, Buffer body, Runnable sent, Runnable lost) {
        if (!answered.compareAndSet(false, true)) {
            lost.run();
            return;
        }
        onLoop(() -> {
            HttpServerResponse response = request.response();
            if (response.closed() || response.ended()) {
                lost.run();
                return;
            }
            if (forwarded) {
                // One request after the other: the next to be answered takes this handler's place.
                request.connection().closeHandler(closed -> lost.run());
            }
            if (!request.isEnded()) {
                // Of HTTP/2, one that has ended must not be.
                request.resume();
            }
            response.putHeader("Content-Type", contentType)
                    .putHeader("Cache-Control", "no-store")
                    .end(body)
                    .onSuccess(done -> sent.run())
                    .onFailure(failure -> lost.run());
        });
    }

    void deny(Denial denial) {
        if (answered.compareAndSet(false, true)) {
            metrics.refused(denial.reason());
            onLoop(() -> writeDenial(denial));
        }
    }

    private void writeDenial(Denial denial) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        denial.retryAfter()
                .ifPresent(after -> response.putHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds()))));
        boolean discard = !request.isEnded() && (isChunked() || declaredLength() > options.maxHttpBufferSize());
        if (discard && !isHttp2()) {
            response.putHeader("Connection", "close");
        }
        response.setStatusCode(denial.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(denial.body());
        if (!request.isEnded()) {
            discardRest(discard);
        }
    }

    /** Reads on for a moment, so that a client in the middle of its body sees the answer and not a reset. */
    private void discardRest(boolean close) {
        request.handler(chunk -> {});
        request.exceptionHandler(failure -> {});
        if (close && !isHttp2()) {
            request.endHandler(end -> request.connection().close());
        }
        if (close) {
            vertx.setTimer(LINGER_MILLIS, timer -> breakOff());
        }
        request.resume();
    }

    /** Ends a connection whose client doesn't take its answer. */
    void abandon() {
        onLoop(this::breakOff);
    }

    /** A connection of HTTP/2 is that of others too: only this request ends. */
    private void breakOff() {
        if (isHttp2()) {
            request.response().reset();
        } else {
            request.connection().close();
        }
    }

    private boolean isHttp2() {
        return request.version() == HttpVersion.HTTP_2;
    }

    private boolean isChunked() {
        return request.headers().contains("Transfer-Encoding");
    }

    private long declaredLength() {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
