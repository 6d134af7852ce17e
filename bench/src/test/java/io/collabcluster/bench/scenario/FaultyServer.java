package io.collabcluster.bench.scenario;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.peer.Usage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A peer in this process with one room, which makes one mistake once. On one thread. */
class FaultyServer implements Peer, RunningPeer {

    enum Mistake {
        NONE,
        /** One socket does not get one message. */
        DROP,
        /** Nobody gets one message. */
        DROP_FOR_ALL,
        /** One socket gets one message twice. */
        REPEAT,
        /** One socket gets two messages in the other order. */
        SWAP,
        /** One socket gets one message twice, and another one never. */
        REPEAT_AND_DROP,
        /** One socket gets one message with another byte. */
        ALTER,
        /** One socket gets one message with one byte less. */
        SHORTEN,
        /** One socket is cut off between two messages, or instead of an answer. */
        CUT,
        /** One request has no answer. */
        SILENCE,
        /** One answer has other data. */
        GARBLE
    }

    /** The message, and the request, that it happens to. */
    private static final int WHEN = 7;

    private final Mistake mistake;
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final List<Channel> room = new ArrayList<>();
    private InetSocketAddress address;
    private String held = "";
    private int messages;
    private int requests;

    FaultyServer(Mistake mistake) {
        this.mistake = mistake;
    }

    @Override
    public String id() {
        return "faulty";
    }

    @Override
    public String name() {
        return "Faulty";
    }

    @Override
    public boolean polling() {
        return false;
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public RunningPeer start(StartOptions options) {
        var config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/socket.io/")
                .checkStartsWith(true)
                .build();
        address = (InetSocketAddress) new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(8192))
                                .addLast(new WebSocketServerProtocolHandler(config), new Connection());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel()
                .localAddress();
        return this;
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(address);
    }

    @Override
    public Usage usage() {
        return new Usage(1, 1);
    }

    @Override
    public void kill() {
        close();
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void publish(String data) {
        messages++;
        if (mistake == Mistake.DROP_FOR_ALL && messages == WHEN) {
            return;
        }
        String packet = "42[\"message\"," + data + "]";
        for (Channel member : List.copyOf(room)) {
            boolean first = member == room.getFirst();
            boolean last = member == room.getLast();
            if (first && messages == WHEN) {
                toTheVictim(member, packet);
            } else if (first && !held.isEmpty()) {
                send(member, packet);
                send(member, held);
                held = "";
            } else if (!(last && mistake == Mistake.REPEAT_AND_DROP && messages == WHEN)) {
                send(member, packet);
            }
        }
    }

    private void toTheVictim(Channel member, String packet) {
        switch (mistake) {
            case DROP -> {}
            case SWAP -> held = packet;
            case ALTER -> send(member, packet.replaceFirst("x", "y"));
            case SHORTEN -> send(member, packet.replace("xx\"", "x\""));
            case CUT -> {
                send(member, packet);
                member.close();
            }
            case REPEAT, REPEAT_AND_DROP -> {
                send(member, packet);
                send(member, packet);
            }
            default -> send(member, packet);
        }
    }

    private void answer(Channel from, String id, String data) {
        requests++;
        if (requests == WHEN && mistake == Mistake.CUT) {
            from.close();
        } else if (requests != WHEN || mistake != Mistake.SILENCE) {
            boolean garble = requests == WHEN && mistake == Mistake.GARBLE;
            send(from, "43" + id + "[" + (garble ? data.replace('x', 'y') : data) + "]");
        }
    }

    private static void send(Channel member, String packet) {
        member.writeAndFlush(new TextWebSocketFrame(packet));
    }

    private final class Connection extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                send(context.channel(), "0{\"sid\":\"a\"}");
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            String packet = frame.text();
            String id = packet.replaceAll("^4.|\\[.*$", "");
            if (packet.startsWith("40")) {
                send(context.channel(), "40{\"sid\":\"a\"}");
            } else if (packet.contains("\"join\"")) {
                room.add(context.channel());
                send(context.channel(), "43" + id + "[]");
            } else if (packet.contains("\"publish\"")) {
                publish(packet.replaceAll("^42\\[\"publish\",\"\\d+\",|]$", ""));
            } else if (packet.contains("\"message-with-ack\"")) {
                answer(context.channel(), id, packet.replaceAll("^42\\d+\\[\"message-with-ack\",|]$", ""));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            room.remove(context.channel());
        }
    }
}
