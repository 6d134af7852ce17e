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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Rooms of equal size, which are sent messages at several rates, and then as fast as they are taken. */
final class FanOut implements Scenario {

    /** The flood: messages that not everybody has yet. */
    private static final int WINDOW = 16;

    private static final int BYTES = 200;
    private static final double KEPT = 0.98;

    private final String id;
    private final FanOutKind kind;
    private final int rooms;
    private final int members;
    private final int[] rates;

    private FanOut(String id, FanOutKind kind, int rooms, int members, int... rates) {
        this.id = id;
        this.kind = kind;
        this.rooms = rooms;
        this.members = members;
        this.rates = rates;
    }

    static FanOut oneRoom(int sockets, int... rates) {
        return new FanOut("fan-out-" + sockets, FanOutKind.ONE_ROOM, 1, sockets, rates);
    }

    static FanOut manyRooms(int rooms, int members, int rate) {
        return new FanOut("rooms", FanOutKind.MANY_ROOMS, rooms, members, rate);
    }

    static FanOut polling(int sockets, int rate) {
        return new FanOut("polling", FanOutKind.LONG_POLLING, 1, sockets, rate);
    }

    static FanOut cluster(int sockets, int rate) {
        return new FanOut("cluster-fan-out", FanOutKind.CLUSTER, 1, sockets, rate);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return kind.title(rooms, members) + ", " + String.join(", ", rateNames()) + " messages/s of " + BYTES + " bytes"
                + (kind.flood() ? ", and as many as it can" : "");
    }

    private List<String> rateNames() {
        return Arrays.stream(rates)
                .mapToObj(rate -> String.format(Locale.ROOT, "%,d", rate))
                .toList();
    }

    @Override
    public boolean fits(Peer peer) {
        return kind.fits(peer);
    }

    @Override
    public List<Peer> peers() {
        return kind == FanOutKind.CLUSTER ? Peer.clusters() : List.of();
    }

    @Override
    public int connections(Size size) {
        return size.of(rooms * members) * (kind.transport() == Transport.POLLING ? 2 : 1) + 1;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int scaledRooms = rooms == 1 ? 1 : size.of(rooms);
        int scaledMembers = rooms == 1 ? size.of(members) : members;
        var round = new Round(peer, size, run, kind.title(scaledRooms, scaledMembers), scaledMembers);
        try (RunningPeer server = peer.start(StartOptions.DEFAULT);
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            var crowd = new Crowd(
                    load, server.addresses(), kind.transport(), number -> String.valueOf(number % scaledRooms));
            crowd.grow(scaledRooms * scaledMembers, 200, Scenarios.CONNECT_DEADLINE);
            var publisher = new Publisher(load, server.addresses().getFirst(), scaledRooms, scaledMembers);
            // Several Java machines on the same cores take so much longer to compile.
            warmUp(publisher, crowd, size.of(Scenarios.WARM_UP).multipliedBy(peer.nodes()));
            var meter = new Meter(server, load);
            List<Sample> samples = new ArrayList<>();
            for (int rate : rates) {
                samples.add(round.steady(rate, publisher, crowd, meter));
            }
            if (kind.flood()) {
                samples.add(round.flood(publisher, crowd, meter));
            }
            crowd.disperse();
            return samples;
        }
    }

    /** What it loses is among the faults of what is measured first. */
    private void warmUp(Publisher publisher, Crowd crowd, Duration duration) {
        if (kind.flood()) {
            publisher.flood(WINDOW, Long.MAX_VALUE, duration, BYTES);
        } else {
            publisher.steady(rates[rates.length - 1], duration, BYTES);
        }
        publisher.drain(crowd, last -> {});
    }

    /** @param members of a room, in this size */
    private final class Round {

        private final Peer peer;
        private final int run;
        private final String title;
        private final int members;
        private final Duration measured;

        Round(Peer peer, Size size, int run, String title, int members) {
            this.peer = peer;
            this.run = run;
            this.title = title;
            this.members = members;
            this.measured = size.of(Scenarios.MEASURED);
        }

        Sample steady(int rate, Publisher publisher, Crowd crowd, Meter meter) {
            meter.begin();
            long published = publisher.steady(rate, measured, BYTES);
            publisher.drain(crowd, meter::stop);
            double asked = rate * measured.toMillis() / 1e3;
            Optional<String> remark = published >= asked * KEPT
                    ? Optional.empty()
                    : Optional.of(String.format(Locale.ROOT, "kept %.0f %% of the rate", 100 * published / asked));
            return sample(
                    String.format(Locale.ROOT, "%,d messages/s", rate),
                    meter,
                    kind == FanOutKind.ONE_ROOM ? Map.of("sockets", members, "rate", rate) : Map.of(),
                    remark);
        }

        Sample flood(Publisher publisher, Crowd crowd, Meter meter) {
            meter.begin();
            publisher.flood(WINDOW, Long.MAX_VALUE, measured, BYTES);
            publisher.drain(crowd, meter::stop);
            return sample("flood", meter, Map.of(), Optional.empty());
        }

        private Sample sample(String load, Meter meter, Map<String, Integer> parameters, Optional<String> remark) {
            Map<Metric, Double> figures = meter.end();
            var of = new Case(id, title + ", " + load, "deliveries", parameters, kind.reference());
            return new Sample(of, peer.id(), run, figures, Remarks.of(remark, meter.faults()));
        }
    }
}
