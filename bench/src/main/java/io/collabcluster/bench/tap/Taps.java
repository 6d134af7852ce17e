package io.collabcluster.bench.tap;

import io.netty.channel.epoll.EpollEventLoopGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A tap for each node of a cluster, between it and Redis. */
public final class Taps implements AutoCloseable {

    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private final List<Tap> taps = new CopyOnWriteArrayList<>();
    private final byte filling;
    private final int shortest;

    /**
     * @param filling what the data of each message is filled with
     * @param shortest how many such bytes in a row are a message, and nothing else that is sent
     */
    public Taps(byte filling, int shortest) {
        this.filling = filling;
        this.shortest = shortest;
    }

    /** Opens one more. @return where it is */
    public InetSocketAddress open(InetSocketAddress server) {
        var tap = new Tap(loop, server, filling, shortest);
        taps.add(tap);
        return tap.address();
    }

    /** In the order in which they were opened. */
    public List<Tap> all() {
        return List.copyOf(taps);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
