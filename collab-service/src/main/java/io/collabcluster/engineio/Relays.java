package io.collabcluster.engineio;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The other nodes that send requests of this one's sessions on to it. An answer that is on its way through one of them is
 * lost when its process ends.
 */
public interface Relays {

    /** There is no other node. */
    Relays NONE = new Relays() {
        @Override
        public Optional<String> of(HttpServerRequest request) {
            return Optional.empty();
        }

        @Override
        public Future<Boolean> isAlive(String relay) {
            return Future.succeededFuture(false);
        }
    };

    /**
     * The process that a request has come through, under a name that no other one has or had. Called on the event loop of
     * the request's connection, while it is handed over.
     *
     * @return empty when that process doesn't say which it is, as one of an earlier version
     */
    Optional<String> of(HttpServerRequest request);

    /**
     * Asks that process itself. Any thread; must not block.
     *
     * @return within a bounded time, whether it still ran after this call; never fails. Who can't be asked is taken for gone
     */
    Future<Boolean> isAlive(String relay);
}
