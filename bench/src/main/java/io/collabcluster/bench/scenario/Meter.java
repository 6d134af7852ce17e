package io.collabcluster.bench.scenario;

import com.sun.management.OperatingSystemMXBean;
import io.collabcluster.bench.load.Faults;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.Totals;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.Usage;
import io.collabcluster.bench.report.Metric;
import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Takes the figures of a stretch of time: of the peer by the kernel's account, of the load by its own. */
final class Meter {

    private static final OperatingSystemMXBean SELF = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * @param selfNanos CPU of the load generator
     * @param redisSeconds CPU of the Redis that the peer's nodes share
     */
    private record Reading(
            long nanos,
            double cpuSeconds,
            long selfNanos,
            long count,
            long residentBytes,
            Optional<Double> redisSeconds) {

        Reading at(long other) {
            return new Reading(other, cpuSeconds, selfNanos, count, residentBytes, redisSeconds);
        }
    }

    private final LoadGenerator load;
    private Optional<RunningPeer> peer;
    private Reading begun;
    private Optional<Reading> stopped = Optional.empty();
    /** Those that no figures have had yet: also of what came before the stretch. */
    private Faults faults = Faults.NONE;

    /** By what figures were given last. */
    private Faults told = Faults.NONE;

    private Meter(LoadGenerator load, Optional<RunningPeer> peer) {
        this.load = load;
        this.peer = peer;
        begin();
    }

    Meter(RunningPeer peer, LoadGenerator load) {
        this(load, Optional.of(peer));
    }

    /** From this moment on, of a peer that is started later: all its CPU counts. */
    static Meter ofANewProcess(LoadGenerator load) {
        return new Meter(load, Optional.empty());
    }

    void of(RunningPeer started) {
        peer = Optional.of(started);
    }

    /** Forgets what was before, but for what went wrong: that is among the faults of the stretch. */
    void begin() {
        faults = faults.plus(load.interval().faults());
        stopped = Optional.empty();
        begun = reading().at(System.nanoTime());
    }

    /** The stretch is over, unless more comes. */
    void stop() {
        stop(System.nanoTime());
    }

    /** The stretch was over at that time, which is not long ago, unless more comes. */
    void stop(long nanos) {
        stopped = Optional.of(reading().at(nanos));
    }

    private Reading reading() {
        // The time first: reading the memory takes some milliseconds.
        long nanos = System.nanoTime();
        long count = load.count();
        long self = SELF.getProcessCpuTime();
        Optional<Usage> usage = peer.map(RunningPeer::usage);
        return new Reading(
                nanos,
                usage.map(Usage::cpuSeconds).orElse(0.0),
                self,
                count,
                usage.map(Usage::residentBytes).orElse(0L),
                peer.flatMap(RunningPeer::redis).map(Usage::cpuSeconds));
    }

    /** The figures of the stretch, with the load's count as units. */
    Map<Metric, Double> end() {
        Reading end = stopped.orElseGet(this::reading);
        Totals totals = load.interval();
        Map<Metric, Double> figures = figures(end, end.count() - begun.count(), totals);
        figures.put(Metric.P50, totals.latencyMillis(50));
        figures.put(Metric.P99, totals.latencyMillis(99));
        figures.put(Metric.LOST, (double) lost());
        return figures;
    }

    /** The figures of the stretch, without latencies. */
    Map<Metric, Double> end(double units) {
        return figures(stopped.orElseGet(this::reading), units, load.interval());
    }

    private Map<Metric, Double> figures(Reading end, double units, Totals totals) {
        told = faults.plus(totals.faults());
        faults = Faults.NONE;
        Map<Metric, Double> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.RATE, units / ((end.nanos() - begun.nanos()) / 1e9));
        figures.put(Metric.CPU, perMillion(end.cpuSeconds() - begun.cpuSeconds(), units));
        figures.put(Metric.LOAD_CPU, perMillion((end.selfNanos() - begun.selfNanos()) / 1e9, units));
        figures.put(Metric.RESIDENT, (double) end.residentBytes());
        end.redisSeconds()
                .map(seconds -> seconds - begun.redisSeconds().orElse(0.0))
                .ifPresent(seconds -> figures.put(Metric.REDIS_CPU, perMillion(seconds, units)));
        return figures;
    }

    /** What went wrong, by what {@link #end} gave last. */
    Optional<String> faults() {
        return told.text();
    }

    /** How much of it. */
    long lost() {
        return told.sum();
    }

    private static double perMillion(double seconds, double units) {
        return units == 0 ? 0 : seconds / units * 1e6;
    }
}
