package io.collabcluster.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** HTTP long polling: one connection always has a GET waiting, a second one, made when first needed, sends POSTs. */
final class PollingWire implements Client.Wire {

    private static final byte SEPARATOR = 0x1e;
    private static final int LARGEST = 16 * 1024 * 1024;
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";

    private final Channel gets;
    private final Bootstrap bootstrap;
    private final String host;
    private Client client;
    private Channel posts;
    private String session = "";
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;
    private boolean posting;

    /** @param bootstrap makes the second connection, on the same event loop */
    PollingWire(Channel gets, Bootstrap bootstrap, String host) {
        this.gets = gets;
        this.bootstrap = bootstrap;
        this.host = host;
    }

    @Override
    public void open(Client opened) {
        client = opened;
        listen(gets, this::polled);
        poll();
    }

    private interface Answer {
        void take(FullHttpResponse response);
    }

    private void listen(Channel channel, Answer answer) {
        channel.pipeline()
                .addLast(
                        new HttpClientCodec(),
                        new HttpObjectAggregator(LARGEST),
                        new SimpleChannelInboundHandler<FullHttpResponse>() {
                            @Override
                            protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
                                if (response.status().code() == 200) {
                                    answer.take(response);
                                } else {
                                    close();
                                }
                            }

                            @Override
                            public void channelInactive(ChannelHandlerContext context) {
                                close();
                            }

                            @Override
                            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                                close();
                            }
                        });
    }

    private void poll() {
        request(gets, HttpMethod.GET, Unpooled.EMPTY_BUFFER);
    }

    private void request(Channel channel, HttpMethod method, ByteBuf body) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, PATH + session, body);
        request.headers().set(HttpHeaderNames.HOST, host);
        if (method == HttpMethod.POST) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8");
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        channel.writeAndFlush(request, channel.voidPromise());
    }

    private void polled(FullHttpResponse response) {
        ByteBuf in = response.content();
        if (session.isEmpty()) {
            session = "&sid=" + sid(in.toString(StandardCharsets.UTF_8));
        }
        long now = System.nanoTime();
        int from = in.readerIndex();
        while (from < in.writerIndex()) {
            int length = in.bytesBefore(from, in.writerIndex() - from, SEPARATOR);
            int to = length < 0 ? in.writerIndex() : from + length;
            client.packet(in, from, to, now);
            from = to + 1;
        }
        poll();
    }

    private static String sid(String open) {
        int at = open.indexOf("\"sid\":\"") + 7;
        return open.substring(at, open.indexOf('"', at));
    }

    @Override
    public void send(ByteBuf packet) {
        waiting = waiting.isReadable()
                ? Unpooled.wrappedBuffer(waiting, Unpooled.wrappedBuffer(new byte[] {SEPARATOR}), packet)
                : packet;
        if (posting) {
            return;
        }
        posting = true;
        if (posts != null) {
            post();
            return;
        }
        bootstrap.connect(gets.remoteAddress()).addListener((ChannelFutureListener) connected -> {
            if (connected.isSuccess()) {
                posts = connected.channel();
                listen(posts, response -> posted());
                post();
            } else {
                close();
            }
        });
    }

    private void post() {
        ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(waiting));
        waiting = Unpooled.EMPTY_BUFFER;
        request(posts, HttpMethod.POST, body);
    }

    private void posted() {
        posting = waiting.isReadable();
        if (posting) {
            post();
        }
    }

    @Override
    public void reading(boolean on) {
        gets.config().setAutoRead(on);
    }

    @Override
    public void close() {
        gets.close();
        if (posts != null) {
            posts.close();
        }
        client.gone();
    }
}
