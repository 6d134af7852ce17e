package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import io.collabcluster.bench.scenario.Scenario;
import io.collabcluster.bench.scenario.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes down what is asked of it, and gives made-up figures, unless something is to happen instead. */
final class FakeScenario implements Scenario {

    interface Behaviour {
        Map<Metric, Double> figures(Peer peer, int run);
    }

    static final Behaviour STEADY =
            (peer, run) -> Map.of(Metric.CPU, peer.id().length() + run / 10.0, Metric.LOST, 0.0);

    private final String id;
    private final List<String> diary;
    private final Behaviour behaviour;
    private final List<Peer> peers;

    FakeScenario(String id, List<String> diary, Behaviour behaviour, List<Peer> peers) {
        this.id = id;
        this.diary = diary;
        this.behaviour = behaviour;
        this.peers = peers;
    }

    FakeScenario(String id) {
        this(id, new ArrayList<>(), STEADY, List.of());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return "Made-up figures of " + id;
    }

    @Override
    public List<Peer> peers() {
        return peers;
    }

    @Override
    public boolean fits(Peer peer) {
        return !peer.id().equals("mute");
    }

    @Override
    public int connections(Size size) {
        return size == Size.TINY ? 100 : 20_000;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        diary.add(run + " " + id + " " + peer.id());
        Case of = new Case(id, id + ": " + size, "deliveries", Map.of(), "a");
        return List.of(new Sample(of, peer.id(), run, behaviour.figures(peer, run), Optional.empty()));
    }
}
