package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Everybody connects at the same moment to a server that has just started, and joins a room. */
final class ConnectStorm implements Scenario {

    static final int CONNECTIONS = 10_000;

    @Override
    public String id() {
        return "connect-storm";
    }

    @Override
    public String description() {
        return String.format(Locale.ROOT, "%,d clients connect at once", CONNECTIONS);
    }

    @Override
    public int connections(Size size) {
        return size.of(CONNECTIONS);
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int connections = size.of(CONNECTIONS);
        try (RunningPeer server = peer.start(StartOptions.DEFAULT);
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            var crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, String::valueOf);
            var meter = new Meter(server, load);
            crowd.grow(connections, connections, Scenarios.CONNECT_DEADLINE);
            var sample = sample(id(), "%,d clients connect at once", peer, run, meter, crowd, connections);
            crowd.disperse();
            return List.of(sample);
        }
    }

    /** Of a crowd that is complete now. */
    static Sample sample(String id, String title, Peer peer, int run, Meter meter, Crowd crowd, int connections) {
        Map<Metric, Double> figures = meter.end(connections);
        Histogram joining = crowd.joining();
        figures.put(Metric.P50, joining.getValueAtPercentile(50) / 1e6);
        figures.put(Metric.P99, joining.getValueAtPercentile(99) / 1e6);
        Optional<String> remark = crowd.attempts() > connections
                ? Optional.of(String.format(Locale.ROOT, "%,d attempts", crowd.attempts()))
                : Optional.empty();
        var of = new Case(id, String.format(Locale.ROOT, title, connections), "connections", Map.of());
        return new Sample(of, peer.id(), run, figures, remark);
    }
}
