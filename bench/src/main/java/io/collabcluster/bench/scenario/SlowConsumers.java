package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.load.Pause;
import io.collabcluster.bench.load.Publisher;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One socket in a hundred stops reading. The others must lose nothing, and the server's memory must stay bounded. */
final class SlowConsumers implements Scenario {

    private static final int SOCKETS = 200;
    private static final int ONE_IN = 100;
    private static final int BYTES = 10_000;
    private static final int MESSAGES = 4_000;
    private static final int WINDOW = 16;
    private static final Duration FLOOD_DEADLINE = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "slow-consumers";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%d sockets are sent %,d messages of %,d bytes, while one in %d does not read",
                SOCKETS,
                MESSAGES,
                BYTES,
                ONE_IN);
    }

    @Override
    public int connections(Size size) {
        return SOCKETS + 1;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int slow = SOCKETS / ONE_IN;
        int messages = size == Size.TINY ? MESSAGES / 100 : MESSAGES;
        try (RunningPeer server = peer.start(StartOptions.DEFAULT);
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            var crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, number -> "0");
            crowd.grow(SOCKETS, SOCKETS, Scenarios.CONNECT_DEADLINE);
            var publisher = new Publisher(load, server.addresses().getFirst(), 1, SOCKETS - slow);
            crowd.stall(slow);
            var meter = new Meter(server, load);
            Map<Metric, Double> figures;
            try (var peak = Peak.of(server)) {
                publisher.flood(WINDOW, messages, FLOOD_DEADLINE, BYTES);
                publisher.drain(crowd, meter::stop);
                figures = meter.end();
                figures.put(Metric.RESIDENT, (double) peak.bytes());
            }
            crowd.resume(slow);
            Pause.millis(size.of(Duration.ofSeconds(3)).toMillis());
            int kept = crowd.joinedAmongFirst(slow);
            var remark = String.format(
                    Locale.ROOT,
                    "%d MB for each slow one; %s",
                    (long) messages * BYTES / 1_000_000,
                    kept == 0 ? "cut off" : kept + " kept");
            crowd.disperse();
            var of = new Case(
                    id(),
                    String.format(
                            Locale.ROOT,
                            "%d sockets, one in %d does not read, %,d messages of %,d bytes",
                            SOCKETS,
                            ONE_IN,
                            messages,
                            BYTES),
                    "deliveries",
                    Map.of());
            return List.of(new Sample(of, peer.id(), run, figures, Remarks.of(Optional.of(remark), meter.faults())));
        }
    }
}
