package io.collabcluster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Report REPORT = new Report(withFaults());

    @Test
    void theTextHasOneTableGroupedByCase() {
        assertThat(REPORT.text()).startsWith("""
                server                  rate/s  ×rate         CPU-s/M  ×CPU  p50 ms        p99 ms      memory MB      kB/conn.   ×kB  lost  load

                idle: 10,000 connections · connection-seconds · × Node socket.io
                Collab Cluster               -      -               -     -       -             -  182 (181–183)  10.2 (10–11)  0.46     -     -
                Node socket.io               -      -               -     -       -             -            280          22.0  1.00     -     -
                Node ws         absent: there is no npm

                fan-out: 1,000 sockets, 50 messages/s · deliveries · × Node socket.io
                Collab Cluster           50.0k   1.00  3.22 (3.2–3.3)  0.37    0.40          12.3              -             -     -     0  1.25
                Node socket.io           50.0k   1.00  8.60 (8.5–8.7)  1.00    0.40  197 (25–664)              -             -     -     6  1.25
                Node ws         45.5k (41–50k)   0.91            5.50  0.64    0.40          20.0              -             -     -     0  1.25
                                2 of 3 runs; run 1: asked for 50,000/s
                Node ws         run 3 failed: ended with 137 | what?
                """);
    }

    @Test
    void theMarkdownHasTheSameTable() {
        assertThat(REPORT.markdown()).startsWith("""
                | server | rate/s | ×rate | CPU-s/M | ×CPU | p50 ms | p99 ms | memory MB | kB/conn. | ×kB | lost | load | remark |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|
                | **idle: 10,000 connections · connection-seconds · × Node socket.io** | | | | | | | | | | | | |
                | Collab Cluster | - | - | - | - | - | - | 182 (181–183) | 10.2 (10–11) | 0.46 | - | - | |
                | Node socket.io | - | - | - | - | - | - | 280 | 22.0 | 1.00 | - | - | |
                | Node ws | | | | | | | | | | | | absent: there is no npm |
                | **fan-out: 1,000 sockets, 50 messages/s · deliveries · × Node socket.io** | | | | | | | | | | | | |
                | Collab Cluster | 50.0k | 1.00 | 3.22 (3.2–3.3) | 0.37 | 0.40 | 12.3 | - | - | - | 0 | 1.25 | |
                | Node socket.io | 50.0k | 1.00 | 8.60 (8.5–8.7) | 1.00 | 0.40 | 197 (25–664) | - | - | - | 6 | 1.25 | |
                | Node ws | 45.5k (41–50k) | 0.91 | 5.50 | 0.64 | 0.40 | 20.0 | - | - | - | 0 | 1.25 | 2 of 3 runs; run 1: asked for 50,000/s |
                | Node ws | | | | | | | | | | | | run 3 failed: ended with 137 \\| what? |
                """);
    }

    @Test
    void aTerminalOf160ColumnsHoldsIt() {
        assertThat(REPORT.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(160));
    }

    @Test
    void theTextSaysWhereItWasMeasuredAndHow() {
        assertThat(REPORT.text()).contains("Medians of 3 runs", "A CPU, 2 cores, 8.0 GB of memory", "./collab bench");
    }

    @Test
    void aScenarioThatGaveNothingIsThereWithTheReasons() {
        Results nothing = Samples.results(List.of()).plus(new Failure("fan-out", "node-ws", 1, "ended with 137"));

        assertThat(new Report(nothing).text()).contains("fan-out\nNode ws  run 1 failed: ended with 137\n");
    }

    @Test
    void whatAScenarioMeasuredWithoutBeingAskedIsLast() {
        Case posts = new Case("idle", "posts", "posts", Map.of(), "pgbench");
        Report report = new Report(Samples.results(List.of(
                Samples.of(posts, "pgbench", 1, Map.of(Metric.RATE, 8_000.0)),
                Samples.of(posts, "collab", 1, Map.of(Metric.RATE, 6_000.0)))));

        assertThat(report.text()).contains("""
                posts · posts · × pgbench
                Collab Cluster   6.00k   0.75
                                1 of 3 runs
                pgbench          8.00k   1.00
                """);
    }

    @Test
    void whatOnlyClustersHaveStandsInColumnsOfItsOwn() {
        Case quiet = new Case("fan-out", "quiet", "messages", Map.of(), "node-ws");
        Report report = new Report(Samples.results(List.of(
                Samples.of(Samples.FAN, "node-ws", 1, Map.of(Metric.CPU, 8.0, Metric.REDIS_CPU, 0.25)),
                Samples.of(quiet, "collab", 1, Map.of(Metric.STRAYS, 0.0)),
                Samples.of(quiet, "collab", 2, Map.of(Metric.STRAYS, 0.0)),
                Samples.of(quiet, "collab", 3, Map.of(Metric.STRAYS, 1.0)))));

        assertThat(report.markdown()).startsWith("""
                | server | CPU-s/M | Redis | strays | remark |
                |---|--:|--:|--:|---|
                | **fan-out: 1,000 sockets, 50 messages/s · deliveries** | | | | |
                | Node ws | 8.00 | 0.25 | - | 1 of 3 runs |
                | **quiet · messages** | | | | |
                | Collab Cluster | - | - | 1 | |
                """);
    }

    @Test
    void plotsAreDrawnOfWhatThereIs(@TempDir Path folder) throws IOException {
        List<Path> plots = REPORT.savePlots(folder);

        assertThat(plots).containsExactly(folder.resolve("bench-cpu-1000.svg"), folder.resolve("bench-memory.svg"));
        assertThat(plots)
                .allSatisfy(
                        plot -> assertThat(plot).content().startsWith("<?xml").contains("<svg"));
    }

    private static Results withFaults() {
        Results results = Samples.results(samples());
        return new Results(
                results.machine(),
                results.size(),
                results.runs(),
                results.scenarios(),
                results.servers(),
                List.of(new Absence("idle", "node-ws", "there is no npm\nmore")),
                List.of(new Failure("fan-out", "node-ws", 3, "ended with 137 | what?\nlast words")),
                results.samples());
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (int run = 1; run <= 3; run++) {
            samples.add(idle("collab", run, 180e6 + run * 1e6, 10_000.0 + run * 100));
            samples.add(idle("node-socketio", run, 280e6, 22_000));
            samples.add(fan("collab", run, 3.2 + run / 100.0, 12.3, 0));
            samples.add(fan("node-socketio", run, 8.4 + run / 10.0, 24.6 * run * run * run, run));
        }
        samples.add(new Sample(
                Samples.FAN, "node-ws", 1, Map.of(Metric.RATE, 41_000.0), Optional.of("asked for 50,000/s")));
        samples.add(fan("node-ws", 2, 5.5, 20, 0));
        return samples;
    }

    private static Sample idle(String peer, int run, double resident, double perConnection) {
        return Samples.of(
                Samples.IDLE, peer, run, Map.of(Metric.RESIDENT, resident, Metric.PER_CONNECTION, perConnection));
    }

    private static Sample fan(String peer, int run, double cpu, double p99, double lost) {
        return Samples.of(
                Samples.FAN,
                peer,
                run,
                Map.of(
                        Metric.RATE,
                        50_000.0,
                        Metric.CPU,
                        cpu,
                        Metric.P50,
                        0.4,
                        Metric.P99,
                        p99,
                        Metric.LOST,
                        lost,
                        Metric.LOAD_CPU,
                        1.25));
    }
}
