package io.collabcluster.cluster.redis;

import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** One listener to a channel. */
final class Heard implements Bus.Subscription {

    private static final Logger LOG = Logger.getLogger(Heard.class);

    private final String name;
    private final Bus.Listener listener;
    private final Consumer<Heard> onClose;
    private final CompletableFuture<Void> active = new CompletableFuture<>();
    private volatile boolean closed;

    /** @param onClose called once, on any thread */
    Heard(String name, Bus.Listener listener, Consumer<Heard> onClose) {
        this.name = name;
        this.listener = listener;
        this.onClose = onClose;
    }

    String name() {
        return name;
    }

    void activate() {
        active.complete(null);
    }

    void message(Buffer message) {
        if (closed) {
            return;
        }
        try {
            listener.message(message);
        } catch (RuntimeException e) {
            LOG.errorf(e, "A message on %s is not understood", name);
        }
    }

    @Override
    public CompletionStage<Void> active() {
        return active.minimalCompletionStage();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        onClose.accept(this);
    }
}
