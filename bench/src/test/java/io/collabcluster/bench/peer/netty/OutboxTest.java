package io.collabcluster.bench.peer.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A room of one connection, whose channel counts its flushes. */
class OutboxTest {

    private final Flushes flushes = new Flushes();
    private final EmbeddedChannel channel = new EmbeddedChannel(flushes);
    private final Hub hub = new Hub(channel.eventLoop(), 25_000);
    private final Outbox outbox = hub.outbox(channel.eventLoop());
    private final Connection connection = new Connection(hub, 25_000);

    @BeforeEach
    void connect() {
        channel.pipeline().addLast(connection);
        outbox.join("room", connection);
        channel.releaseOutbound();
        flushes.count = 0;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static final class Flushes extends ChannelOutboundHandlerAdapter {

        private int count;
        private boolean stuck;

        @Override
        public void flush(ChannelHandlerContext context) {
            count++;
            if (!stuck) {
                context.flush();
            }
        }
    }

    @Test
    void whatIsPublishedTogetherLeavesInOneFlush() {
        var first = Frames.text("a");
        hub.publish("room", first);
        hub.publish("room", Frames.text("b"));
        hub.publish("elsewhere", Frames.text("c"));
        assertThat(flushes.count).isZero();

        channel.runPendingTasks();
        assertThat(flushes.count).isOne();
        assertThat(channel.outboundMessages()).hasSize(2);
        channel.releaseOutbound();
        assertThat(first.refCnt()).isZero();
    }

    @Test
    void aChannelThatTakesNothingIsClosed() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1000, 2000));
        flushes.stuck = true;
        List<ByteBuf> frames = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            frames.add(Frames.text("x".repeat(500)));
            hub.publish("room", frames.getLast());
        }
        channel.runPendingTasks();

        assertThat(channel.isOpen()).isFalse();
        assertThat(frames).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    }
}
