package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.Set;

/** The channels whose confirmation a repair waits for. */
final class Placement {

    private final Set<Channel> awaited;
    private final Promise<Void> done = Promise.promise();

    Placement(Set<Channel> channels) {
        awaited = new HashSet<>(channels);
        finishIfEmpty();
    }

    /** It is confirmed, or nobody wants it any more. */
    void settled(Channel channel) {
        if (awaited.remove(channel)) {
            finishIfEmpty();
        }
    }

    void fail(RedisException error) {
        done.tryFail(error);
    }

    /** How many are awaited still. */
    int left() {
        return awaited.size();
    }

    Future<Void> done() {
        return done.future();
    }

    private void finishIfEmpty() {
        if (awaited.isEmpty()) {
            done.tryComplete();
        }
    }
}
