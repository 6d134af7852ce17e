package io.collabcluster.bench.scenario;

import com.sun.management.OperatingSystemMXBean;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.Totals;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.report.Metric;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;

/** Takes the figures of a stretch of time: of the peer by the kernel's account, of the load by its own. */
final class Meter {

    private static final OperatingSystemMXBean SELF = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final RunningPeer peer;
    private final LoadGenerator load;
    private long beganNanos;
    private double cpuBefore;
    private long selfBefore;

    Meter(RunningPeer peer, LoadGenerator load) {
        this.peer = peer;
        this.load = load;
        begin();
    }

    /** Forgets what was before. */
    void begin() {
        load.interval();
        selfBefore = SELF.getProcessCpuTime();
        cpuBefore = peer.usage().cpuSeconds();
        beganNanos = System.nanoTime();
    }

    /** The figures since {@link #begin}, with the load's count as units. */
    Map<Metric, Double> end() {
        Totals totals = load.interval();
        Map<Metric, Double> figures = end(totals.count());
        figures.put(Metric.P50, totals.latencyMillis(50));
        figures.put(Metric.P99, totals.latencyMillis(99));
        figures.put(Metric.LOST, (double) totals.faults());
        return figures;
    }

    /** The figures since {@link #begin}, without latencies. */
    Map<Metric, Double> end(double units) {
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        var usage = peer.usage();
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.RATE, units / seconds);
        figures.put(Metric.CPU, perMillion(usage.cpuSeconds() - cpuBefore, units));
        figures.put(Metric.LOAD_CPU, perMillion((SELF.getProcessCpuTime() - selfBefore) / 1e9, units));
        figures.put(Metric.RESIDENT, (double) usage.residentBytes());
        return figures;
    }

    private static double perMillion(double seconds, double units) {
        return units == 0 ? 0 : seconds / units * 1e6;
    }
}
