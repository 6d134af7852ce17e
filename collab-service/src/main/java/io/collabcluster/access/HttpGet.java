package io.collabcluster.access;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** GET requests with a deadline and a bound on what is read. Follows no redirect. */
final class HttpGet {

    static final Duration DEADLINE = Duration.ofSeconds(5);

    private static final int CONNECTIONS = 32;

    /** Requests that wait for a connection: as many as clients that come back at once. */
    private static final int WAITING = 10_000;

    private final HttpClient client;
    private final Duration deadline;

    record Answer(int status, String body) {}

    /** @param trustedCerts PEM files of CAs that are trusted beside the system's */
    HttpGet(Vertx vertx, List<Path> trustedCerts, Duration deadline) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) deadline.toMillis())
                .setMaxWaitQueueSize(WAITING)
                .setIdleTimeout(60);
        if (!trustedCerts.isEmpty()) {
            options.setTrustOptions(TrustedCerts.besideTheSystems(trustedCerts));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.deadline = deadline;
    }

    /** Fails where there is no answer in time, or a larger one than {@code limit} bytes. */
    Future<Answer> get(URI uri, Optional<String> bearer, int limit) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(uri.toString())
                // Also for a place in the queue: who has given up must not be handed a connection, and keep it.
                .setConnectTimeout(deadline.toMillis())
                .putHeader("Accept", "application/json");
        bearer.ifPresent(token -> options.putHeader("Authorization", "Bearer " + token));
        long started = System.nanoTime();
        return client.request(options).compose(request -> request.send()
                .compose(response -> read(request, response, limit))
                .timeout(left(started), TimeUnit.MILLISECONDS)
                .onFailure(_ -> request.reset()));
    }

    private long left(long started) {
        return Math.max(1, deadline.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private static Future<Answer> read(HttpClientRequest request, HttpClientResponse response, int limit) {
        Promise<Answer> answer = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(chunk -> {
            if (body.length() + chunk.length() > limit) {
                answer.tryFail(new IOException("the answer is larger than " + limit + " bytes"));
                request.reset();
            } else {
                body.appendBuffer(chunk);
            }
        });
        response.exceptionHandler(answer::tryFail);
        response.endHandler(_ -> answer.tryComplete(new Answer(response.statusCode(), body.toString())));
        return answer.future();
    }
}
