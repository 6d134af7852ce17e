package io.collabcluster.engineio;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * Expects the header of the PROXY protocol on connections of trusted balancers, and only there: a probe or a client that
 * comes without a balancer speaks HTTP at once, and a header that it sends is no HTTP and answered 400.
 *
 * <p>Vert.x's own support takes the header from everybody or from nobody, so this stands before Vert.x, where a listening
 * port hands over the connections that it has accepted.
 */
@Sharable
public final class ProxyProtocol extends ChannelInboundHandlerAdapter {

    private static final String NAME = "proxy protocol";
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final TrustedProxies proxies;
    private final Duration deadline;

    public ProxyProtocol(TrustedProxies proxies) {
        this(proxies, DEADLINE);
    }

    ProxyProtocol(TrustedProxies proxies, Duration deadline) {
        this.proxies = proxies;
        this.deadline = deadline;
    }

    /** On a port that Vert.x listens on already. Any thread; returns at once. */
    public void listenAt(Vertx vertx, int port) {
        for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
            loop.execute(() -> ((SingleThreadEventLoop) loop)
                    .registeredChannelsIterator()
                    .forEachRemaining(channel -> {
                        if (channel instanceof ServerChannel
                                && channel.localAddress() instanceof InetSocketAddress local
                                && local.getPort() == port
                                && channel.pipeline().get(NAME) == null) {
                            channel.pipeline().addFirst(NAME, this);
                        }
                    }));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
        if (accepted instanceof Channel connection
                && connection.remoteAddress() instanceof InetSocketAddress peer
                && proxies.trusts(peer.getAddress().getHostAddress())) {
            connection.pipeline().addLast(new HAProxyMessageDecoder(), new ProxyHeader(deadline));
        }
        ctx.fireChannelRead(accepted);
    }
}
