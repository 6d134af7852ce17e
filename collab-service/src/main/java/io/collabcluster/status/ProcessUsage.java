package io.collabcluster.status;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Processor and memory of this process, sampled once a second. Processor in percent of one core, so that 200 is two
 * busy cores. Memory is the resident set ({@code VmRSS} of {@code /proc/self/status}, its peak {@code VmHWM}) in bytes;
 * where there is no {@code /proc}, the used heap.
 */
public final class ProcessUsage implements AutoCloseable {

    private static final long PERIOD_MILLIS = 1_000;
    private static final Path PROC_STATUS = Path.of("/proc/self/status");

    /** One reading: the figures of the last sample, and the largest there has been. */
    public record Reading(int cpu, int cpuMost, long memory, long memoryMost) {}

    private record Memory(long current, long most) {}

    private final Vertx vertx;
    private final long timer;
    private volatile Reading reading = new Reading(0, 0, 0, 0);
    private final AtomicBoolean sampling = new AtomicBoolean();
    private long lastTime = System.nanoTime();
    private Duration lastCpu = cpuTime();

    public ProcessUsage(Vertx vertx) {
        this.vertx = vertx;
        var memory = memory();
        reading = new Reading(0, 0, memory.current(), memory.most());
        timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> sampleOnWorker());
    }

    public Reading reading() {
        return reading;
    }

    /** One at a time: where the workers are busy, the next second will do. */
    private void sampleOnWorker() {
        if (sampling.compareAndSet(false, true)) {
            vertx.executeBlocking(this::sample, false).onComplete(_ -> sampling.set(false));
        }
    }

    private synchronized Reading sample() {
        long now = System.nanoTime();
        Duration cpu = cpuTime();
        long elapsed = Math.max(1, now - lastTime);
        int percent = (int) Math.round(100.0 * cpu.minus(lastCpu).toNanos() / elapsed);
        lastTime = now;
        lastCpu = cpu;
        var memory = memory();
        var before = reading;
        reading = new Reading(
                percent,
                Math.max(before.cpuMost(), percent),
                memory.current(),
                Math.max(before.memoryMost(), memory.most()));
        return reading;
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static Memory memory() {
        try {
            long current = 0;
            long most = 0;
            for (String line : Files.readAllLines(PROC_STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    current = bytes(line);
                } else if (line.startsWith("VmHWM:")) {
                    most = bytes(line);
                }
            }
            if (current > 0) {
                return new Memory(current, Math.max(current, most));
            }
        } catch (IOException | NumberFormatException e) {
            // Not a Linux: the heap is the next best figure.
        }
        var runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        return new Memory(used, used);
    }

    /** A line such as {@code VmRSS:     62758 kB}. */
    private static long bytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1_024;
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
