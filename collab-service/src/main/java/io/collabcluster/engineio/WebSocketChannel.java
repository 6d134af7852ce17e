package io.collabcluster.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.util.Optional;

/**
 * The Netty channel of an upgraded connection. Ready frames are written straight to it: the frame encoder, where there is
 * one, lets bytes pass. Everything is the channel's loop's, where nothing else is said.
 */
final class WebSocketChannel extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final int NEVER = Integer.MAX_VALUE;

    /** What happens on it. Called on the channel's loop. */
    interface Listener {
        void text(String message);

        void binary(byte[] message);

        /** The client sent what is no WebSocket message, or one that is too large. */
        void malformed(WebSocketCloseStatus status, String why);

        void writableAgain();

        void closed();
    }

    private final Channel channel;
    private Listener listener;
    private int deflateFrom = NEVER;
    private ChannelHandlerContext context;
    private boolean closing;
    private boolean closedByClient;

    WebSocketChannel(Channel channel) {
        this.channel = channel;
    }

    /** Joins the pipeline, after the handshake. @param maxMessage bytes of a message, and of a frame */
    void attach(Listener owner, int maxMessage, Optional<PerMessageDeflate> deflate) {
        listener = owner;
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(deflate.isPresent())
                .maxFramePayloadLength(maxMessage)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build()));
        deflate.ifPresent(extension -> {
            pipeline.addLast(new WebSocket13FrameEncoder(false));
            pipeline.addLast(extension.decoder(), extension.encoder());
            deflateFrom = extension.threshold();
        });
        pipeline.addLast(new Utf8FrameValidator(false), new WebSocketFrameAggregator(maxMessage), this);
    }

    /** Tells the listener when it is closed; at once where it is already. */
    void watch() {
        channel.closeFuture().addListener(closed -> listener.closed());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text when !closedByClient -> listener.text(text.text());
            case BinaryWebSocketFrame binary
            when !closedByClient -> listener.binary(ByteBufUtil.getBytes(binary.content()));
            case PingWebSocketFrame ping -> answer(ping);
            case CloseWebSocketFrame close -> answer(close);
            default -> {
                // A pong that nobody asked for, or a message behind the close frame.
            }
        }
    }

    /** One who does not read is owed no pong: the last one counts (section 5.5.3). */
    private void answer(PingWebSocketFrame ping) {
        if (channel.isWritable() && !closing) {
            context.writeAndFlush(WebSocketFrames.pong(ping.content()), context.voidPromise());
        }
    }

    /** The client closes, or answers our close frame (section 5.5.1): the connection is the server's to end. */
    private void answer(CloseWebSocketFrame close) {
        closedByClient = true;
        if (closing) {
            context.close();
        } else {
            closing = true;
            context.writeAndFlush(WebSocketFrames.close(close.content())).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        switch (cause) {
            case CorruptedWebSocketFrameException corrupted ->
                listener.malformed(corrupted.closeStatus(), corrupted.getMessage());
            case TooLongFrameException tooLong ->
                listener.malformed(WebSocketCloseStatus.MESSAGE_TOO_BIG, tooLong.getMessage());
            default -> context.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (channel.isWritable()) {
            listener.writableAgain();
        }
    }

    /** Any thread. */
    EventLoop loop() {
        return channel.eventLoop();
    }

    /** Any thread. */
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
        if (closing || !channel.isActive()) {
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
        if (channel.isActive()) {
            context.flush();
        }
    }

    /** Any thread. */
    void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    /** Sends a close frame; the client's answer ends the connection. */
    void close(int status, String reason) {
        if (!closing && channel.isActive()) {
            closing = true;
            context.writeAndFlush(WebSocketFrames.close(status, reason), context.voidPromise());
        }
    }

    /** Ends the connection without waiting for anybody. */
    void abort() {
        context.close();
    }

    boolean isOpen() {
        return channel.isOpen();
    }
}
