package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A server with fake sessions on two real event loops. */
public final class Fixture implements AutoCloseable {

    public static final SocketIoOptions OPTIONS = SocketIoOptions.DEFAULTS;

    public final EventLoop one = new DefaultEventLoop();
    public final EventLoop two = new DefaultEventLoop();
    public final SocketIoServer server;

    public Fixture() {
        this(OPTIONS);
    }

    public Fixture(SocketIoOptions options) {
        this(options, AdapterFactory.LOCAL);
    }

    public Fixture(SocketIoOptions options, AdapterFactory adapters) {
        server = new SocketIoServer(options, adapters);
    }

    public static SocketIoOptions options(Duration connectTimeout, int joins, boolean cleanup) {
        return new SocketIoOptions(connectTimeout, false, cleanup, 10, joins, Optional.empty());
    }

    public static SocketIoOptions recovering(Duration longest, boolean skipMiddlewares) {
        return new SocketIoOptions(
                Duration.ofSeconds(45),
                false,
                false,
                10,
                1_000,
                Optional.of(new SocketIoOptions.Recovery(longest, skipMiddlewares)));
    }

    /** A session on the first loop that has joined nothing. */
    public FakeSession session() {
        return FakeSession.open(server, one);
    }

    /** A client on the main namespace. */
    public Client connect(EventLoop loop) {
        return connect(loop, "0");
    }

    public Client connect(EventLoop loop, String packet) {
        var session = FakeSession.open(server, loop);
        session.receive(packet);
        String answer = (String) session.take().getFirst();
        assertThat(answer).matches("0(/[^,]+,)?\\{\"sid\":\"[A-Za-z0-9_-]{20}\"(,\"pid\":\"[A-Za-z0-9_-]{20}\")?}");
        String sid = answer.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
        String namespace = answer.contains(",{") ? answer.substring(1, answer.indexOf(',')) : "/";
        return new Client(session, server.of(namespace).find(sid).orElseThrow(), answer);
    }

    public record Client(FakeSession session, Socket socket, String answer) {

        public List<Object> take() {
            return session.take();
        }

        public Client joined(String... rooms) {
            session.run(() -> List.of(rooms).forEach(socket::join));
            return this;
        }
    }

    @Override
    public void close() {
        one.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        two.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
