package io.collabcluster.engineio;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxySSLTLV;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps what a trusted balancer says of a connection at its begin (PROXY protocol, version 1 and 2), and is gone. The
 * connection ends where it says nothing in time, or something else: the protocol forbids to guess (section 2).
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

    /** Who the connection is of; not there where nobody said so. */
    static final AttributeKey<Client> CLIENT = AttributeKey.valueOf(ProxyHeader.class, "client");

    private static final Logger LOG = Logger.getLogger(ProxyHeader.class);

    private final Duration deadline;
    private Future<?> timeout;

    ProxyHeader(Duration deadline) {
        this.deadline = deadline;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        timeout = ctx.executor()
                .schedule(() -> refuse(ctx, "none came in time"), deadline.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timeout.cancel(false);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
        // LOCAL is the balancer's own connection, a health check for instance; UNKNOWN has no address.
        if (header.command() == HAProxyCommand.PROXY && header.sourceAddress() != null) {
            boolean secure =
                    header.tlvs().stream().anyMatch(tlv -> tlv instanceof HAProxySSLTLV ssl && ssl.isPP2ClientSSL());
            ForwardedFor.canonical(header.sourceAddress())
                    .ifPresent(address -> ctx.channel().attr(CLIENT).set(new Client(address, secure)));
        }
        ctx.pipeline().remove(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        timeout.cancel(false);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refuse(ctx, String.valueOf(cause.getMessage()));
    }

    private static void refuse(ChannelHandlerContext ctx, String why) {
        LOG.debugf(
                "A connection of %s is closed, for it has no PROXY header: %s. Turn the PROXY protocol on at the balancer,"
                        + " or proxy.protocol off, or take the address out of proxy.trusted",
                ctx.channel().remoteAddress(), why);
        ctx.close();
    }
}
