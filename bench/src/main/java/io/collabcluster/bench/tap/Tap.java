package io.collabcluster.bench.tap;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** An address of 127.0.0.1 that passes every connection on to a server, and counts what that sends back. */
public final class Tap {

    private static final Consumer<ByteBuf> UNCOUNTED = bytes -> {};

    private final LongAdder messages = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final InetSocketAddress server;
    private final byte filling;
    private final int shortest;
    private final Channel channel;

    /** @param filling and {@code shortest}: as of {@link Taps} */
    Tap(EventLoopGroup loops, InetSocketAddress server, byte filling, int shortest) {
        this.server = server;
        this.filling = filling;
        this.shortest = shortest;
        // Nothing is read before it can be passed on.
        channel = new ServerBootstrap()
                .group(loops)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel client) {
                        join(client);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Messages that the server sent, so far. */
    public long messages() {
        return messages.sum();
    }

    /** All bytes that the server sent, so far. */
    public long bytes() {
        return bytes.sum();
    }

    private void join(Channel client) {
        var counted = new Runs(filling, shortest);
        new Bootstrap()
                .group(client.eventLoop())
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel upstream) {
                        upstream.pipeline().addLast(new Pass(client, some -> {
                            bytes.add(some.readableBytes());
                            messages.add(counted.in(some));
                        }));
                    }
                })
                .connect(server)
                .addListener((ChannelFutureListener) connected -> {
                    if (connected.isSuccess()) {
                        client.pipeline().addLast(new Pass(connected.channel(), UNCOUNTED));
                        client.read();
                        connected.channel().read();
                    } else {
                        client.close();
                    }
                });
    }

    /** Hands what comes to the other side, and reads on when that has taken it: nothing piles up. */
    private static final class Pass extends ChannelInboundHandlerAdapter {

        private final Channel other;
        private final Consumer<ByteBuf> count;

        Pass(Channel other, Consumer<ByteBuf> count) {
            this.other = other;
            this.count = count;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object read) {
            count.accept((ByteBuf) read);
            other.writeAndFlush(read).addListener((ChannelFutureListener) written -> {
                if (written.isSuccess()) {
                    context.channel().read();
                } else {
                    context.close();
                }
            });
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
