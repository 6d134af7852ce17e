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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rooms of equal size, which are sent messages at several rates, and then as fast as they are taken. */
final class FanOut implements Scenario {

    /** The flood: messages that not everybody has yet. */
    private static final int WINDOW = 16;

    private static final int BYTES = 200;
    private static final double KEPT = 0.98;

    private final String id;
    private final String title;
    private final Transport transport;
    private final int rooms;
    private final int members;
    private final int[] rates;
    private final boolean flood;

    private FanOut(String id, String title, Transport transport, int rooms, int members, boolean flood, int... rates) {
        this.id = id;
        this.title = title;
        this.transport = transport;
        this.rooms = rooms;
        this.members = members;
        this.rates = rates;
        this.flood = flood;
    }

    static FanOut oneRoom(int sockets, int... rates) {
        return new FanOut(
                "fan-out-" + sockets,
                "fan-out to %,d sockets".formatted(sockets),
                Transport.WEBSOCKET,
                1,
                sockets,
                true,
                rates);
    }

    static FanOut manyRooms(int rooms, int members, int rate) {
        return new FanOut(
                "rooms", "%,d rooms of %d".formatted(rooms, members), Transport.WEBSOCKET, rooms, members, false, rate);
    }

    static FanOut polling(int sockets, int rate) {
        return new FanOut(
                "polling",
                "fan-out to %,d sockets on long polling".formatted(sockets),
                Transport.POLLING,
                1,
                sockets,
                false,
                rate);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return title + ", " + String.join(", ", rateNames()) + " messages/s of " + BYTES + " bytes"
                + (flood ? ", and as many as it can" : "");
    }

    private List<String> rateNames() {
        return Arrays.stream(rates).mapToObj("%,d"::formatted).toList();
    }

    @Override
    public boolean fits(Peer peer) {
        return transport == Transport.WEBSOCKET || peer.polling();
    }

    @Override
    public int connections(Size size) {
        return size.of(rooms * members) * (transport == Transport.POLLING ? 2 : 1) + 1;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int scaledRooms = rooms == 1 ? 1 : size.of(rooms);
        int scaledMembers = rooms == 1 ? size.of(members) : members;
        List<Sample> samples = new ArrayList<>();
        try (RunningPeer server = peer.start(StartOptions.DEFAULT);
                var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            var crowd = new Crowd(load, server.addresses(), transport, number -> String.valueOf(number % scaledRooms));
            crowd.grow(scaledRooms * scaledMembers, 200, Scenarios.CONNECT_DEADLINE);
            var publisher = new Publisher(load, server.addresses().getFirst(), scaledRooms, scaledMembers);
            if (flood) {
                publisher.flood(WINDOW, Long.MAX_VALUE, size.of(Scenarios.WARM_UP), BYTES);
            } else {
                publisher.steady(rates[rates.length - 1], size.of(Scenarios.WARM_UP), BYTES);
            }
            publisher.drain(Scenarios.DRAIN_DEADLINE);
            var meter = new Meter(server, load);
            for (int rate : rates) {
                meter.begin();
                long published = publisher.steady(rate, size.of(Scenarios.MEASURED), BYTES);
                long missing = publisher.drain(Scenarios.DRAIN_DEADLINE);
                double asked = rate * size.of(Scenarios.MEASURED).toMillis() / 1e3;
                Optional<String> remark = published >= asked * KEPT
                        ? Optional.empty()
                        : Optional.of("kept %.0f %% of the rate".formatted(100 * published / asked));
                samples.add(sample(peer, run, "%,d messages/s".formatted(rate), rate, meter.end(), missing, remark));
            }
            if (flood) {
                meter.begin();
                publisher.flood(WINDOW, Long.MAX_VALUE, size.of(Scenarios.MEASURED), BYTES);
                long missing = publisher.drain(Scenarios.DRAIN_DEADLINE);
                samples.add(sample(peer, run, "flood", 0, meter.end(), missing, Optional.empty()));
            }
            crowd.disperse();
        }
        return samples;
    }

    private Sample sample(
            Peer peer,
            int run,
            String load,
            int rate,
            Map<Metric, Double> figures,
            long missing,
            Optional<String> remark) {
        figures.merge(Metric.LOST, (double) missing, Double::sum);
        Map<String, Integer> parameters = rate == 0 || rooms > 1 || transport == Transport.POLLING
                ? Map.of()
                : Map.of("sockets", members, "rate", rate);
        var of = new Case(id, title + ", " + load, "deliveries", parameters);
        return new Sample(of, peer.id(), run, figures, remark);
    }
}
