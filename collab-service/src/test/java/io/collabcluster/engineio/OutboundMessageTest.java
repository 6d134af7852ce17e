package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** One shared frame, counted. */
class OutboundMessageTest {

    @Test
    void aTextIsFramedWithItsType() {
        OutboundMessage message = OutboundMessage.text("hello");
        assertThat(ByteBufUtil.hexDump(message.frames())).isEqualTo("8106" + "34" + "68656c6c6f");
        assertThat(message.frames().isDirect()).isTrue();
        message.release();
    }

    @Test
    void utf8IsCountedInBytes() {
        OutboundMessage message = OutboundMessage.text("€\uD83D\uDE00");
        assertThat(ByteBufUtil.hexDump(message.frames())).isEqualTo("8108" + "34" + "e282ac" + "f09f9880");
        message.release();
    }

    @Test
    void lengthsHaveTheThreeFormsOfTheProtocol() {
        assertThat(header(124, 2)).isEqualTo("817d");
        assertThat(header(125, 4)).isEqualTo("817e007e");
        assertThat(header(65_534, 4)).isEqualTo("817effff");
        assertThat(header(65_535, 10)).isEqualTo("817f0000000000010000");
    }

    private static String header(int length, int bytes) {
        OutboundMessage message = OutboundMessage.text("x".repeat(length));
        try {
            assertThat(message.frames().readableBytes()).isEqualTo(bytes + 1 + length);
            return ByteBufUtil.hexDump(message.frames(), 0, bytes);
        } finally {
            message.release();
        }
    }

    @Test
    void attachmentsFollowAsBinaryFrames() {
        OutboundMessage message = OutboundMessage.of("x", List.of(new byte[] {1, 2}, new byte[0]));
        assertThat(ByteBufUtil.hexDump(message.frames())).isEqualTo("81023478" + "82020102" + "8200");
        message.release();
    }

    @Test
    void aBinaryMessageHasNoText() {
        OutboundMessage message = OutboundMessage.binary(new byte[] {1, 2});
        assertThat(ByteBufUtil.hexDump(message.frames())).isEqualTo("82020102");
        assertThat(message.text()).isEmpty();
        message.release();
    }

    @Test
    void theFramesAreMadeOnceAndFreedWithTheLastReference() {
        OutboundMessage message = OutboundMessage.text("hello");
        ByteBuf frames = message.frames();
        assertThat(message.retain().frames()).isSameAs(frames);
        message.release();
        assertThat(frames.refCnt()).isOne();
        message.release();
        assertThat(frames.refCnt()).isZero();
    }

    @Test
    void aDuplicateOnItsWayKeepsTheBytesAfterTheLastRelease() {
        OutboundMessage message = OutboundMessage.text("hello");
        ByteBuf written = message.frames().retainedDuplicate();
        message.release();
        assertThat(ByteBufUtil.hexDump(written)).isEqualTo("81063468656c6c6f");
        written.release();
        assertThat(written.refCnt()).isZero();
    }

    @Test
    void releasingTooOftenOrRetainingTooLateIsAnError() {
        OutboundMessage message = OutboundMessage.text("hello");
        message.release();
        assertThatThrownBy(message::retain).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(message::release).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void manyThreadsShareOneFrame() throws InterruptedException {
        OutboundMessage message = OutboundMessage.text("shared");
        Set<Integer> made = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            message.retain();
            threads.add(Thread.startVirtualThread(() -> {
                made.add(System.identityHashCode(message.frames()));
                message.release();
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(made).hasSize(1);
        ByteBuf frames = message.frames();
        message.release();
        assertThat(frames.refCnt()).isZero();
    }

    @Test
    void largePartsAreObjectsForTheExtensionAndSmallOnesReadyBytes() {
        OutboundMessage message = OutboundMessage.of("x".repeat(200), List.of(new byte[3], new byte[70_000]));
        List<Object> parts = new ArrayList<>();
        WebSocketFrames.forEach(message.frames(), 150, parts::add);
        assertThat(parts).hasSize(3);
        assertThat(((TextWebSocketFrame) parts.get(0)).text()).isEqualTo("4" + "x".repeat(200));
        assertThat(ByteBufUtil.hexDump((ByteBuf) parts.get(1))).isEqualTo("8203000000");
        assertThat(((BinaryWebSocketFrame) parts.get(2)).content().readableBytes())
                .isEqualTo(70_000);
        ByteBuf frames = message.frames();
        parts.forEach(ReferenceCountUtil::release);
        message.release();
        assertThat(frames.refCnt()).isZero();
    }
}
