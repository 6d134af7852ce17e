package io.collabcluster.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * A WebSocket, cut into frames by hand: a server's frames are not masked, so a packet is read where the socket put it.
 * (RFC 6455, section 5.2; fragmented messages and lengths of 64 bits are not expected of the peers.)
 */
final class WebSocketWire extends ChannelInboundHandlerAdapter implements Client.Wire {

    private static final byte[] UPGRADED = Text.ascii("HTTP/1.1 101");
    private static final byte[] END_OF_HEAD = Text.ascii("\r\n\r\n");
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int MASKED = 0x80;
    /** Always the same, but not of zeros, which some servers don't take the trouble to unmask. */
    private static final int MASK = 0x37FA213D;

    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;
    private static final int HEAD_LIMIT = 8192;

    private final Channel channel;
    private final String host;
    private Client client;
    private boolean upgraded;
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;

    WebSocketWire(Channel channel, String host) {
        this.channel = channel;
        this.host = host;
    }

    @Override
    public void open(Client opened) {
        client = opened;
        channel.pipeline().addLast(this);
        channel.writeAndFlush(
                Unpooled.wrappedBuffer(Text.ascii("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (rest.isReadable()) {
            in = Unpooled.wrappedBuffer(rest, in);
        }
        try {
            take(in);
            rest = in.isReadable() ? Unpooled.copiedBuffer(in) : Unpooled.EMPTY_BUFFER;
        } finally {
            in.release();
        }
    }

    private void take(ByteBuf in) {
        if (!upgraded && !head(in)) {
            return;
        }
        long now = System.nanoTime();
        while (in.readableBytes() >= 2) {
            int start = in.readerIndex();
            int length = in.getByte(start + 1);
            int head = 2;
            if (length < 0 || length == LENGTH_OF_64_BITS) {
                channel.close();
                return;
            }
            if (length == LENGTH_OF_16_BITS) {
                if (in.readableBytes() < 4) {
                    return;
                }
                length = in.getUnsignedShort(start + 2);
                head = 4;
            }
            int end = start + head + length;
            if (end > in.writerIndex()) {
                return;
            }
            frame(in, in.getUnsignedByte(start), start + head, end, now);
            in.readerIndex(end);
        }
    }

    private void frame(ByteBuf in, int type, int from, int to, long now) {
        if (type == TEXT && from < to) {
            client.packet(in, from, to, now);
        } else if (type == CLOSE) {
            channel.close();
        }
    }

    private boolean head(ByteBuf in) {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD), in);
        if (end < 0) {
            if (in.readableBytes() > HEAD_LIMIT) {
                channel.close();
            }
            return false;
        }
        if (!Text.startsWith(in, in.readerIndex(), end, UPGRADED)) {
            channel.close();
            return false;
        }
        in.readerIndex(end + END_OF_HEAD.length);
        upgraded = true;
        return true;
    }

    @Override
    public void send(ByteBuf packet) {
        int length = packet.readableBytes();
        ByteBuf frame = channel.alloc().buffer(8 + length);
        frame.writeByte(TEXT);
        if (length < LENGTH_OF_16_BITS) {
            frame.writeByte(MASKED | length);
        } else {
            frame.writeByte(MASKED | LENGTH_OF_16_BITS).writeShort(length);
        }
        frame.writeInt(MASK);
        int from = frame.writerIndex();
        frame.writeBytes(packet);
        packet.release();
        mask(frame, from);
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    private static void mask(ByteBuf frame, int from) {
        int at = from;
        for (; at + Integer.BYTES <= frame.writerIndex(); at += Integer.BYTES) {
            frame.setInt(at, frame.getInt(at) ^ MASK);
        }
        for (int shift = 24; at < frame.writerIndex(); at++, shift -= 8) {
            frame.setByte(at, frame.getByte(at) ^ MASK >>> shift);
        }
    }

    @Override
    public void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public void close() {
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        client.gone();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        channel.close();
    }
}
