package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.scenario.Scenario;
import io.collabcluster.bench.scenario.Size;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/** What is to be run, and how often. */
record Plan(Catalog catalog, Size size, int runs) {

    record Step(int run, Scenario scenario, Peer peer) {}

    List<Scenario> scenarios() {
        return catalog.scenarios();
    }

    List<Peer> peers() {
        return catalog.peers();
    }

    /**
     * A B, B A: what changes on the machine while a bench runs then hits all peers. Each round begins with the next peer, so
     * that none is always the first, or the last.
     */
    List<Step> steps(Predicate<Step> wanted) {
        List<Step> steps = new ArrayList<>();
        for (int run = 1; run <= runs; run++) {
            for (Scenario scenario : scenarios()) {
                List<Peer> round = new ArrayList<>(fitting(scenario));
                Collections.rotate(round, 1 - run);
                for (Peer peer : round) {
                    steps.add(new Step(run, scenario, peer));
                }
            }
        }
        return steps.stream().filter(wanted).toList();
    }

    List<Peer> fitting(Scenario scenario) {
        return catalog.fitting(scenario);
    }

    /** The most that a scenario holds at once. */
    int connections() {
        return scenarios().stream()
                .mapToInt(scenario -> scenario.connections(size))
                .max()
                .orElse(0);
    }
}
