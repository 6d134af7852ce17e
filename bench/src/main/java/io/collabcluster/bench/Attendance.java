package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Absence;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which peers of a plan can be had: asked once, since some are downloaded then. */
record Attendance(Map<Peer, String> absent) {

    static Attendance of(Plan plan, PrintWriter err) {
        Map<Peer, String> absent = new LinkedHashMap<>();
        for (Peer peer : plan.peers()) {
            if (plan.scenarios().stream()
                    .anyMatch(scenario -> plan.fitting(scenario).contains(peer))) {
                err.print("Getting " + peer.name() + " ready … ");
                err.flush();
                peer.absence().ifPresent(reason -> absent.put(peer, reason));
                err.println(absent.containsKey(peer) ? "absent: " + absent.get(peer) : "there");
                err.flush();
            }
        }
        return new Attendance(absent);
    }

    boolean present(Plan.Step step) {
        return !absent.containsKey(step.peer());
    }

    List<Absence> absences(Plan plan) {
        return plan.scenarios().stream()
                .flatMap(scenario -> plan.fitting(scenario).stream()
                        .filter(absent::containsKey)
                        .map(peer -> new Absence(scenario.id(), peer.id(), absent.get(peer))))
                .toList();
    }
}
