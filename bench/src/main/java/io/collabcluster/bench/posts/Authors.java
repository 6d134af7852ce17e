package io.collabcluster.bench.posts;

import com.sun.management.OperatingSystemMXBean;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.peer.Usage;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** All authors of a workload, on one thread. They post once: for a time, or one comment each. */
public final class Authors implements AutoCloseable {

    private static final int LARGEST = 65_536;
    private static final OperatingSystemMXBean SELF = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final EventLoopGroup thread = new NioEventLoopGroup(1);
    private final Acknowledgements acknowledgements;

    private Authors(int count) {
        acknowledgements = new Acknowledgements(count);
    }

    /** @throws PeerFailure when the server does not take one of them */
    public static Authors connect(InetSocketAddress server, Workload workload) {
        var authors = new Authors(workload.authors());
        for (int i = 0; i < workload.authors(); i++) {
            String token = AuthorToken.of(workload.author(i), Workload.AUTHOR_NAME, Instant.now());
            authors.connect(server, new Author(authors.acknowledgements, token, workload.topic(i)));
        }
        try {
            authors.acknowledgements.awaitConnections();
            return authors;
        } catch (PeerFailure e) {
            authors.close();
            throw e;
        }
    }

    private void connect(InetSocketAddress server, Author author) {
        var uri = URI.create(
                "ws://" + server.getHostString() + ":" + server.getPort() + "/socket.io/?EIO=4&transport=websocket");
        var webSocket = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(uri)
                .handleCloseFrames(false)
                .build();
        new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST))
                                .addLast(new WebSocketClientProtocolHandler(webSocket), author);
                    }
                })
                .connect(server)
                .addListener((ChannelFutureListener) done -> {
                    if (!done.isSuccess()) {
                        acknowledgements.failed("an author could not connect: " + done.cause());
                    }
                });
    }

    /** They post for some time, then for some time more, which is measured. */
    public Measured measure(Duration warmUp, Duration time, Supplier<Usage> server) {
        acknowledgements.start();
        acknowledgements.rest(warmUp);
        double cpuBefore = server.get().cpuSeconds();
        long loadBefore = SELF.getProcessCpuTime();
        acknowledgements.latencies();
        long before = acknowledgements.posts();
        long begun = System.nanoTime();
        acknowledgements.rest(time);
        double seconds = (System.nanoTime() - begun) / 1e9;
        long posts = acknowledgements.posts() - before;
        var latencies = acknowledgements.latencies();
        Usage usage = server.get();
        double load = (SELF.getProcessCpuTime() - loadBefore) / 1e9;
        acknowledgements.enough();
        acknowledgements.awaitEnd();
        return new Measured(
                posts / seconds,
                usage.cpuSeconds() - cpuBefore,
                posts,
                latencies,
                OptionalLong.of(usage.residentBytes()),
                OptionalDouble.of(load),
                acknowledgements.posts());
    }

    /** Each of them posts one comment. */
    void postOnce() {
        acknowledgements.enough();
        acknowledgements.start();
        acknowledgements.awaitEnd();
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
