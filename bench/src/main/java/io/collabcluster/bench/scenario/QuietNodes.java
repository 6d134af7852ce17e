package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.load.Publisher;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import io.collabcluster.bench.tap.Taps;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A room has members on the first node only; each other node has sockets in a room of its own. The last node is published
 * to. What do the others get from Redis, who have nobody to give it to? It is counted between each node and Redis, by the
 * data of the messages, so that it is the same for every format; and that the first node has got them all shows that the
 * count is one.
 */
final class QuietNodes implements Scenario {

    /** Messages that not everybody has yet. */
    private static final int WINDOW = 16;

    private static final int BYTES = 200;
    private static final int MESSAGES = 10_000;
    private static final int MEMBERS = 100;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "quiet-nodes";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%,d messages to a room on 1 of %d nodes: how many of them the others get from Redis",
                MESSAGES,
                Scenarios.NODES);
    }

    @Override
    public boolean fits(Peer peer) {
        return peer.nodes() == Scenarios.NODES;
    }

    @Override
    public List<Peer> peers() {
        return Peer.clusters();
    }

    @Override
    public int connections(Size size) {
        return size.of(MEMBERS) * Scenarios.NODES + 1;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int members = size.of(MEMBERS);
        int messages = size.of(MESSAGES);
        try (var taps = new Taps(Publisher.FILLING, BYTES - Publisher.STAMPS);
                RunningPeer server = peer.start(StartOptions.DEFAULT.by((node, redis) -> taps.open(redis)));
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            // The crowd is spread over the nodes in turns, too: each room is on one node.
            var crowd = new Crowd(
                    load, server.addresses(), Transport.WEBSOCKET, number -> String.valueOf(number % Scenarios.NODES));
            crowd.grow(members * Scenarios.NODES, 200, Scenarios.CONNECT_DEADLINE);
            var publisher = new Publisher(load, server.addresses().getLast(), 1, members);
            var meter = new Meter(server, load);
            var strays = new Strays(taps.all());
            long before = strays.bytes();
            long published = publisher.flood(WINDOW, messages, DEADLINE, BYTES);
            publisher.drain(crowd, meter::stop);
            strays.awaitStandstill();
            String remark = strays.text(before);
            double lost = meter.end().get(Metric.LOST);
            crowd.disperse();
            if (lost == 0) {
                strays.check(published);
            }
            var figures = Map.of(Metric.STRAYS, (double) strays.count(), Metric.LOST, lost);
            return List.of(
                    new Sample(of(messages), peer.id(), run, figures, Remarks.of(Optional.of(remark), meter.faults())));
        }
    }

    private static Case of(int messages) {
        return new Case(
                "quiet-nodes",
                String.format(Locale.ROOT, "%,d messages to a room on 1 of %d nodes", messages, Scenarios.NODES),
                "messages",
                Map.of(),
                Case.NODE_CLUSTER);
    }
}
