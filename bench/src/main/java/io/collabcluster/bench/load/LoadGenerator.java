package io.collabcluster.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Event loops with clients, and what they count. */
public final class LoadGenerator implements AutoCloseable {

    /** Each wire adds its own; a bootstrap wants one, and may connect more than once. */
    private static final ChannelHandler NO_HANDLER = new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel channel) {}
    };

    private final EpollEventLoopGroup loops;
    private final Map<EventExecutor, Tally> tallies = new HashMap<>();
    private long countBefore;
    private Faults faultsBefore = Faults.NONE;

    /** @param threads event loops; one takes about half a million messages a second */
    public LoadGenerator(int threads) {
        loops = new EpollEventLoopGroup(threads);
        loops.forEach(loop -> tallies.put(loop, new Tally()));
    }

    /** How a client connects. */
    public enum Transport {
        WEBSOCKET,
        POLLING
    }

    /** Connects one client; its behaviour hears what becomes of it. */
    public void open(InetSocketAddress address, Transport transport, Behaviour behaviour) {
        open(loops.next(), address, transport, behaviour);
    }

    void open(EventLoop loop, InetSocketAddress address, Transport transport, Behaviour behaviour) {
        Bootstrap bootstrap = bootstrap(loop);
        String host = address.getHostString() + ":" + address.getPort();
        switch (transport) {
            case WEBSOCKET ->
                bootstrap.connect(address).addListener((ChannelFutureListener) connected -> {
                    var client = new Client(new WebSocketWire(connected.channel(), host), loop, behaviour);
                    if (connected.isSuccess()) {
                        client.open();
                    } else {
                        client.gone();
                    }
                });
            case POLLING -> {
                var client = new Client(new PollingWire(bootstrap, address, host), loop, behaviour);
                loop.execute(client::open);
            }
        }
    }

    private static Bootstrap bootstrap(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 20_000)
                .handler(NO_HANDLER);
    }

    EventLoop nextLoop() {
        return loops.next();
    }

    Tally tally(EventLoop loop) {
        return tallies.get(loop);
    }

    /** Deliveries and answers since the start, as in {@link Totals}. */
    public long count() {
        return tallies.values().stream().mapToLong(Tally::count).sum();
    }

    /** What was counted since the last call. One thread at a time. */
    public Totals interval() {
        long count = count();
        Faults faults = tallies.values().stream().map(Tally::faults).reduce(Faults.NONE, Faults::plus);
        var latencies = new Histogram(Tally.LONGEST_NANOS, Tally.DIGITS);
        tallies.values().forEach(tally -> latencies.add(tally.interval()));
        var totals = new Totals(count - countBefore, faults.minus(faultsBefore), latencies);
        countBefore = count;
        faultsBefore = faults;
        return totals;
    }

    /** Closes all connections, and waits for that. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
