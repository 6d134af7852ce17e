package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.load.Pause;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Connections that do nothing but answer pings: what one costs in memory, and in processor time. */
final class Idle implements Scenario {

    private static final int CONNECTIONS = 10_000;
    /** In hundredths of the connections: points of the plot. */
    private static final int[] STEPS = {10, 50, 100};

    private static final Duration SETTLE = Duration.ofSeconds(2);
    /** Each connection has one ping. Longer than the pause between two collections of our server's idle Java machine. */
    private static final Duration OBSERVED = StartOptions.DEFAULT.pingInterval();
    /** Code that is loaded and compiled for the first connections is the server's, and not each connection's. */
    private static final int FIRST_CONNECTIONS = 200;

    @Override
    public String id() {
        return "idle";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT, "%,d connections that only answer pings: memory and CPU of each", CONNECTIONS);
    }

    @Override
    public int connections(Size size) {
        return size.of(CONNECTIONS);
    }

    /**
     * The empty server rests for as long as the one with connections, at each step: memory that is not used may go back to
     * the system meanwhile, and is given back by each server in its own time.
     */
    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        List<Sample> samples = new ArrayList<>();
        try (RunningPeer server = peer.start(StartOptions.DEFAULT)) {
            warmUp(server, size);
            Pause.millis(size.of(SETTLE).toMillis());
            Pause.millis(size.of(OBSERVED).toMillis());
            long empty = server.usage().residentBytes();
            try (var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
                var crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, String::valueOf);
                for (int step : STEPS) {
                    int connections = size.of(CONNECTIONS * step / 100);
                    crowd.grow(connections, 200, Scenarios.CONNECT_DEADLINE);
                    Pause.millis(size.of(SETTLE).toMillis());
                    var meter = new Meter(server, load);
                    Pause.millis(size.of(OBSERVED).toMillis());
                    Map<Metric, Double> figures =
                            meter.end(connections * size.of(OBSERVED).toMillis() / 1e3);
                    double resident = figures.get(Metric.RESIDENT);
                    figures.put(Metric.PER_CONNECTION, (resident - empty) / connections);
                    figures.put(Metric.RATE, (double) crowd.joined());
                    figures.put(Metric.LOST, (double) meter.lost());
                    samples.add(sample(peer, run, connections, figures, meter.faults()));
                }
                crowd.disperse();
            }
        }
        return samples;
    }

    private static void warmUp(RunningPeer server, Size size) {
        try (var load = new LoadGenerator(1)) {
            var crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, String::valueOf);
            crowd.grow(size.of(FIRST_CONNECTIONS), 10, Scenarios.CONNECT_DEADLINE);
            crowd.disperse();
        }
    }

    private static Sample sample(
            Peer peer, int run, int connections, Map<Metric, Double> figures, Optional<String> faults) {
        var of = new Case(
                "idle",
                String.format(Locale.ROOT, "%,d idle connections", connections),
                "connection-seconds",
                Map.of("connections", connections));
        return new Sample(of, peer.id(), run, figures, faults);
    }
}
