package io.collabcluster.bench.peer.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client. Everything happens on its channel's event loop. */
final class Connection extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final String OPEN =
            "0{\"sid\":\"%s\",\"upgrades\":[],\"pingInterval\":%d,\"pingTimeout\":20000,\"maxPayload\":1000000}";

    private final Hub hub;
    private final int pingInterval;
    private final List<Room.Place> places = new ArrayList<>(2);
    private ChannelHandlerContext context;
    private Outbox outbox;

    Connection(Hub hub, int pingInterval) {
        this.hub = hub;
        this.pingInterval = pingInterval;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        this.context = context;
        outbox = hub.outbox(context.channel().eventLoop());
        if (context.channel().isActive()) {
            places.add(outbox.join(Hub.EVERYONE, this));
            context.writeAndFlush(Frames.text(OPEN.formatted(id(), pingInterval)));
        }
    }

    private String id() {
        return context.channel().id().asShortText();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        places.forEach(outbox::leave);
        places.clear();
    }

    /** One system call for all frames, where they fit into the socket's buffer. */
    void send(List<ByteBuf> frames) {
        for (ByteBuf frame : frames) {
            context.write(frame.retainedDuplicate(), context.voidPromise());
        }
        context.flush();
        if (!context.channel().isWritable()) {
            context.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            // One character for each byte, so that every text comes out as it went in.
            case TextWebSocketFrame text -> received(text.content().toString(StandardCharsets.ISO_8859_1));
            case PingWebSocketFrame ping -> context.write(Frames.pong(ping.content()), context.voidPromise());
            case CloseWebSocketFrame close -> context.close();
            default -> {}
        }
    }

    private void received(String packet) {
        if (packet.startsWith("42")) {
            Event.parse(packet).ifPresentOrElse(this::received, context::close);
        } else if (packet.startsWith("40")) {
            answer("40{\"sid\":\"" + id() + "\"}");
        }
    }

    private void received(Event event) {
        switch (event) {
            case Event.Join join -> {
                if (places.stream().noneMatch(place -> place.room().name().equals(join.room()))) {
                    places.add(outbox.join(join.room(), this));
                }
                answer("43" + join.id() + "[]");
            }
            case Event.Publish publish ->
                hub.publish(publish.room(), Frames.text("42[\"message\"," + publish.json() + "]"));
            case Event.Echo echo -> answer("43" + echo.id() + "[" + echo.json() + "]");
        }
    }

    /** Leaves with the other answers to what was read at once. */
    private void answer(String packet) {
        context.write(Frames.text(packet), context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
        if (!context.channel().isWritable()) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
