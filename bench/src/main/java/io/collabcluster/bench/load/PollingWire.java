package io.collabcluster.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** HTTP long polling: one line always has a GET waiting, a second one sends POSTs. */
final class PollingWire implements Client.Wire {

    private static final byte SEPARATOR = 0x1e;
    private static final String PATH = "/socket.io/?EIO=4&transport=polling";
    private static final String SID = "\"sid\":\"";

    private final PollingLine gets;
    private final PollingLine posts;
    private final String host;
    private Client client;
    private String session = "";
    private ByteBuf waiting = Unpooled.EMPTY_BUFFER;

    /** @param bootstrap makes both lines' connections, on one event loop */
    PollingWire(Bootstrap bootstrap, InetSocketAddress address, String host) {
        this.gets = new PollingLine(bootstrap, address, owner(this::polled));
        this.posts = new PollingLine(bootstrap, address, owner(response -> post()));
        this.host = host;
    }

    private PollingLine.Owner owner(Consumer<FullHttpResponse> answered) {
        return new PollingLine.Owner() {
            @Override
            public void answered(FullHttpResponse response) {
                if (response.status().equals(HttpResponseStatus.OK)) {
                    answered.accept(response);
                } else {
                    close();
                }
            }

            @Override
            public void failed() {
                close();
            }
        };
    }

    @Override
    public void open(Client opened) {
        client = opened;
        gets.send(request(HttpMethod.GET, Unpooled.EMPTY_BUFFER));
    }

    private FullHttpRequest request(HttpMethod method, ByteBuf body) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, PATH + session, body);
        request.headers().set(HttpHeaderNames.HOST, host);
        if (method == HttpMethod.POST) {
            request.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8");
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return request;
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
        gets.send(request(HttpMethod.GET, Unpooled.EMPTY_BUFFER));
    }

    private static String sid(String open) {
        int at = open.indexOf(SID) + SID.length();
        return open.substring(at, open.indexOf('"', at));
    }

    @Override
    public void send(ByteBuf packet) {
        waiting = waiting.isReadable()
                ? Unpooled.wrappedBuffer(waiting, Unpooled.wrappedBuffer(new byte[] {SEPARATOR}), packet)
                : packet;
        if (!posts.isBusy()) {
            post();
        }
    }

    private void post() {
        if (waiting.isReadable()) {
            ByteBuf body = Unpooled.wrappedBuffer(ByteBufUtil.getBytes(waiting));
            waiting = Unpooled.EMPTY_BUFFER;
            posts.send(request(HttpMethod.POST, body));
        }
    }

    @Override
    public void reading(boolean on) {
        gets.reading(on);
    }

    @Override
    public void close() {
        gets.close();
        posts.close();
        client.gone();
    }
}
