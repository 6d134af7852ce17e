package io.collabcluster.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Ends a connection whose client sent more behind its handshake without waiting for the answer, which it must (RFC 6455
 * section 4.1): the HTTP decoder has taken what it could of it, and passes the rest on when it is removed. Nobody else would
 * release that.
 */
final class EarlyBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            bytes.release();
            context.close();
        } else {
            context.fireChannelRead(message);
        }
    }
}
