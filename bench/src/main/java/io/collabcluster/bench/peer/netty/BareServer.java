package io.collabcluster.bench.peer.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/**
 * The peer {@code netty}: as little as will do on Netty. What waits for a socket when its loop comes to it leaves with one
 * flush; unlike our server, it never lets a broadcast wait for others, so each message leaves sooner and costs more where
 * they come fast.
 *
 * <p>Arguments: a port of 127.0.0.1, and the ping interval in milliseconds.
 */
public final class BareServer {

    /** A channel with more to send than this is closed. */
    private static final int MOST_PENDING = 1 << 20;

    private static final int MOST_OF_A_REQUEST = 8192;

    private BareServer() {}

    public static void main(String[] args) throws InterruptedException {
        int port = Integer.parseInt(args[0]);
        int pingInterval = Integer.parseInt(args[1]);
        EventLoopGroup loops = new EpollEventLoopGroup(Runtime.getRuntime().availableProcessors());
        var hub = new Hub(loops, pingInterval);
        var upgrade = new Upgrade(hub, pingInterval);
        new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(MOST_PENDING / 2, MOST_PENDING))
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(MOST_OF_A_REQUEST), upgrade);
                    }
                })
                .bind("127.0.0.1", port)
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }
}
