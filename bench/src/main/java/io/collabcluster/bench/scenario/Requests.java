package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.load.Pause;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Every socket has one request under way, which is acknowledged with what it carried. */
final class Requests implements Scenario {

    private static final int SOCKETS = 1_000;
    private static final int BYTES = 200;

    @Override
    public String id() {
        return "echo";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%,d sockets, each with one request of %d bytes under way, which is acknowledged with the same bytes",
                SOCKETS,
                BYTES);
    }

    @Override
    public int connections(Size size) {
        return size.of(SOCKETS);
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        try (RunningPeer server = peer.start(StartOptions.DEFAULT);
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            var crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, String::valueOf);
            crowd.grow(size.of(SOCKETS), 200, Scenarios.CONNECT_DEADLINE);
            crowd.startRequests(BYTES);
            Pause.millis(size.of(Scenarios.WARM_UP).toMillis());
            var meter = new Meter(server, load);
            Pause.millis(size.of(Scenarios.MEASURED).toMillis());
            meter.stop();
            crowd.endRequests();
            var figures = meter.end();
            crowd.disperse();
            var of = new Case(
                    id(),
                    String.format(Locale.ROOT, "echo: %,d sockets, one request each", size.of(SOCKETS)),
                    "acknowledgements",
                    Map.of());
            return List.of(new Sample(of, peer.id(), run, figures, meter.faults()));
        }
    }
}
