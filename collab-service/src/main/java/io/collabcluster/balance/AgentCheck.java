package io.collabcluster.balance;

import io.collabcluster.status.NodeState;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The port that HAProxy's agent-check asks: whoever connects gets one line, and is hung up on. What he sends is not read.
 */
public final class AgentCheck {

    /** Many balancers ask at once. More than that is something else. */
    private static final int CONNECTIONS = 64;

    private static final int SECONDS = 5;

    private final NetServer server;
    private final Supplier<NodeState> state;
    private final IntSupplier load;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * Both are asked on an event loop: must not block.
     *
     * @param load how busy the node is, in percent of what it has
     */
    public AgentCheck(Vertx vertx, Supplier<NodeState> state, IntSupplier load) {
        this.state = state;
        this.load = load;
        // Who doesn't take the line is cut off.
        var options = new NetServerOptions().setIdleTimeout(SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        server = vertx.createNetServer(options).connectHandler(this::answer);
    }

    /** @param port 0 takes a free one. @return the port */
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(NetServer::actualPort);
    }

    private void answer(NetSocket socket) {
        if (open.incrementAndGet() > CONNECTIONS) {
            open.decrementAndGet();
            socket.close();
            return;
        }
        socket.closeHandler(_ -> open.decrementAndGet());
        socket.end(Buffer.buffer(AgentReport.line(state.get(), load.getAsInt())));
    }

    public Future<Void> close() {
        return server.close();
    }
}
