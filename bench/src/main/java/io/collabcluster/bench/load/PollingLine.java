package io.collabcluster.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.SocketAddress;

/**
 * One request after the other on a connection that is kept. Where the server closes it after an answer, there is a new one
 * for the next request, as in a browser. For one event loop.
 */
final class PollingLine {

    private static final int LARGEST = 16 * 1024 * 1024;

    /** Who is told of the answers. */
    interface Owner {

        void answered(FullHttpResponse response);

        /** There was no answer. */
        void failed();
    }

    private final Bootstrap bootstrap;
    private final SocketAddress address;
    private final Owner owner;
    private Channel channel;
    private FullHttpRequest request;
    private boolean used;
    private boolean closed;

    PollingLine(Bootstrap bootstrap, SocketAddress address, Owner owner) {
        this.bootstrap = bootstrap;
        this.address = address;
        this.owner = owner;
    }

    /** There must be none under way. Takes the request over. */
    void send(FullHttpRequest next) {
        request = next;
        if (channel != null && channel.isActive()) {
            write();
        } else {
            connect();
        }
    }

    private void connect() {
        used = false;
        bootstrap.connect(address).addListener((ChannelFutureListener) connected -> {
            channel = connected.channel();
            if (!connected.isSuccess()) {
                owner.failed();
            } else if (closed) {
                channel.close();
            } else {
                channel.pipeline()
                        .addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST), new Answers(channel));
                write();
            }
        });
    }

    private void write() {
        channel.writeAndFlush(request.retainedDuplicate());
    }

    boolean isBusy() {
        return request != null;
    }

    void reading(boolean on) {
        if (channel != null) {
            channel.config().setAutoRead(on);
        }
    }

    void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private final class Answers extends SimpleChannelInboundHandler<FullHttpResponse> {

        private final Channel mine;

        Answers(Channel mine) {
            this.mine = mine;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            used = true;
            request.release();
            request = null;
            owner.answered(response);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (closed || channel != mine || request == null) {
                return;
            }
            if (used) {
                // The server closed it while the request was on its way.
                connect();
            } else {
                owner.failed();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
