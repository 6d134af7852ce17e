package io.collabcluster.bench.peer.netty;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Turns a request into a {@link Connection}, and leaves nothing of HTTP with it. */
@ChannelHandler.Sharable
final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final int MOST_OF_A_FRAME = 1_000_000;

    private final Hub hub;
    private final int pingInterval;
    private final WebSocketServerHandshakerFactory handshakers = new WebSocketServerHandshakerFactory(
            "ws://127.0.0.1/socket.io/",
            null,
            WebSocketDecoderConfig.newBuilder()
                    .allowExtensions(false)
                    .maxFramePayloadLength(MOST_OF_A_FRAME)
                    .build());

    Upgrade(Hub hub, int pingInterval) {
        this.hub = hub;
        this.pingInterval = pingInterval;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        WebSocketServerHandshaker handshaker =
                request.uri().startsWith("/socket.io/?") ? handshakers.newHandshaker(request) : null;
        if (handshaker == null) {
            context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        handshaker.handshake(context.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                // What is sent is framed already.
                context.pipeline().remove(WebSocket13FrameEncoder.class);
                context.pipeline().replace(this, null, new Connection(hub, pingInterval));
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
