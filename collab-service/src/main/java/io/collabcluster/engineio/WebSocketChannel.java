package io.collabcluster.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import java.util.Optional;

/**
 * The Netty channel of an upgraded connection. Ready frames are written straight to it, beneath WebSockets Next: the
 * frame encoder lets bytes pass. Writes come from the channel's loop only, which keeps them in order with the close frame.
 */
final class WebSocketChannel extends ChannelInboundHandlerAdapter {

    private static final String VERTX = "handler";
    private static final int NEVER = Integer.MAX_VALUE;

    private final Channel channel;
    private final Runnable writable;
    private int deflateFrom = NEVER;
    private ChannelHandlerContext context;

    /** @param writable called on the channel's loop when it is writable again */
    WebSocketChannel(Channel channel, Runnable writable) {
        this.channel = channel;
        this.writable = writable;
    }

    /** Joins the pipeline, after the handshake. On the channel's loop. */
    void attach(Optional<PerMessageDeflate> deflate) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(VERTX) == null) {
            return;
        }
        if (pipeline.get("idle") != null) {
            // Heartbeats find the dead; and the idle handler allocates a promise for every write.
            pipeline.remove("idle");
        }
        deflate.ifPresent(extension -> {
            extension.join(pipeline, VERTX);
            deflateFrom = extension.threshold();
        });
        pipeline.addBefore(VERTX, "engineio-utf8", new Utf8FrameValidator(false));
        pipeline.addBefore(VERTX, "engineio", this);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (channel.isWritable()) {
            writable.run();
        }
        changed.fireChannelWritabilityChanged();
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Bytes written and not taken by the socket yet. Any thread. */
    long pendingBytes() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Writes without a flush. The caller keeps its reference. */
    void write(OutboundMessage message) {
        if (context == null || !channel.isActive()) {
            return;
        }
        ByteBuf frames = message.frames();
        if (message.bytes() < deflateFrom) {
            context.write(frames.retainedDuplicate(), context.voidPromise());
        } else {
            WebSocketFrames.forEach(frames, deflateFrom, part -> context.write(part, context.voidPromise()));
        }
    }

    void flush() {
        if (context != null && channel.isActive()) {
            context.flush();
        }
    }

    /** Any thread. */
    void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Closes the connection without waiting for anybody. Vert.x would answer a plain close with a close frame and wait. */
    void abort() {
        if (context != null && !context.isRemoved()) {
            context.close();
        } else {
            channel.close();
        }
    }

    void whenClosed(Runnable closed) {
        channel.closeFuture().addListener(future -> closed.run());
    }

    boolean isOpen() {
        return channel.isOpen();
    }
}
