package io.collabcluster.bench.posts;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.SplittableRandom;

/** A client that signs in over Engine.IO v4 and Socket.IO v5, and posts its next comment when the last is acknowledged. */
final class Author extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final String ACKNOWLEDGED = "431[{\"ok\":true";

    private final Acknowledgements acknowledgements;
    private final String token;
    private final String before;
    private final SplittableRandom clientIds = new SplittableRandom();
    private long sent;

    Author(Acknowledgements acknowledgements, String token, String topic) {
        this.acknowledgements = acknowledgements;
        this.token = token;
        before = "421[\"comment:post\",{\"topic\":\"" + topic + "\",\"text\":\"" + Workload.TEXT + "\",\"clientId\":\"";
    }

    /** On the channel's event loop. */
    void post(ChannelHandlerContext context) {
        sent = System.nanoTime();
        send(context, before + clientIds.nextLong(Workload.LEAST_CLIENT_ID, Long.MAX_VALUE) + "\"}]");
    }

    private static void send(ChannelHandlerContext context, String packet) {
        context.writeAndFlush(new TextWebSocketFrame(packet), context.voidPromise());
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        if (frame instanceof TextWebSocketFrame text) {
            packet(context, text.text());
        } else if (frame instanceof CloseWebSocketFrame close) {
            acknowledgements.failed("the server closed an author's connection: " + close.reasonText());
        }
    }

    private void packet(ChannelHandlerContext context, String packet) {
        if (packet.startsWith(ACKNOWLEDGED)) {
            if (acknowledgements.posted(System.nanoTime() - sent)) {
                post(context);
            }
        } else if (packet.startsWith("0")) {
            send(context, "40{\"token\":\"" + token + "\"}");
        } else if (packet.startsWith("40")) {
            acknowledgements.connected(() -> context.executor().execute(() -> post(context)));
        } else if (packet.equals("2")) {
            send(context, "3");
        } else {
            acknowledgements.failed("the server answered an author " + packet);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        acknowledgements.failed("the server ended an author's connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        acknowledgements.failed("an author's connection failed: " + cause);
    }
}
