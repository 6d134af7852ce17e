package io.collabcluster.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.Usage;
import io.collabcluster.bench.report.Metric;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MeterTest {

    private final LoadGenerator load = new LoadGenerator(1);
    private volatile double cpuSeconds;
    private volatile long residentBytes;
    private volatile Optional<Usage> redis = Optional.empty();
    private volatile CountDownLatch looks = new CountDownLatch(0);

    private final RunningPeer peer = new RunningPeer() {
        @Override
        public List<InetSocketAddress> addresses() {
            return List.of();
        }

        @Override
        public Usage usage() {
            var usage = new Usage(cpuSeconds, residentBytes);
            looks.countDown();
            return usage;
        }

        @Override
        public Optional<Usage> redis() {
            return redis;
        }

        @Override
        public void kill() {}

        @Override
        public void close() {}
    };

    @AfterEach
    void end() {
        load.close();
    }

    @Test
    void ofARunningPeerTheCpuOfTheStretchCounts() {
        cpuSeconds = 7;
        var meter = new Meter(peer, load);
        cpuSeconds = 10;

        assertThat(meter.end(1_000_000).get(Metric.CPU)).isEqualTo(3, within(1e-9));
    }

    @Test
    void ofANewProcessAllItsCpuCounts() {
        var meter = Meter.ofANewProcess(load);
        cpuSeconds = 10;
        meter.of(peer);

        assertThat(meter.end(1_000_000).get(Metric.CPU)).isEqualTo(10, within(1e-9));
    }

    @Test
    void theRedisOfTheNodesIsAFigureOfItsOwn() {
        redis = Optional.of(new Usage(7, 1));
        var meter = new Meter(peer, load);
        cpuSeconds = 3;
        redis = Optional.of(new Usage(9, 1));

        assertThat(meter.end(1_000_000)).containsEntry(Metric.REDIS_CPU, 2.0).containsEntry(Metric.CPU, 3.0);
    }

    @Test
    void whereNodesShareNoRedisThereIsNoFigureOfIt() {
        assertThat(new Meter(peer, load).end(1)).doesNotContainKey(Metric.REDIS_CPU);
    }

    @Test
    void theStretchEndsWhereItIsStopped() {
        var meter = new Meter(peer, load);
        long begun = System.nanoTime();
        meter.stop(begun + TimeUnit.SECONDS.toNanos(1_000));
        cpuSeconds = 10;

        var figures = meter.end(1_000_000);

        assertThat(figures.get(Metric.CPU)).isZero();
        assertThat(figures.get(Metric.RATE)).isBetween(990.0, 1_000.0);
    }

    @Test
    void thePeakIsTheMostThatWasSeenAtAnyTime() throws InterruptedException {
        residentBytes = 10;
        try (var peak = Peak.of(peer)) {
            residentBytes = 30;
            // One look may have begun before.
            looks = new CountDownLatch(2);
            assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
            residentBytes = 20;

            assertThat(peak.bytes()).isEqualTo(30);
        }
    }

    @Test
    void thePeakOfAPeerThatHasEndedIsNone() {
        var gone = new FaultyServer(FaultyServer.Mistake.NONE) {
            private int looks;

            @Override
            public Usage usage() {
                if (looks++ > 0) {
                    throw new PeerFailure("it ended");
                }
                return super.usage();
            }
        };
        try (var peak = Peak.of(gone)) {
            assertThatThrownBy(peak::bytes).isInstanceOf(PeerFailure.class);
        }
        gone.close();
    }
}
