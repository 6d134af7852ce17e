package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Server;
import io.collabcluster.bench.scenario.Scenario;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be measured, and on what.
 *
 * @param peers also those that only some of the scenarios know
 */
record Catalog(List<Scenario> scenarios, List<Peer> peers) {

    static Catalog of(List<Scenario> scenarios, List<Peer> peers) {
        Map<String, Peer> all = new LinkedHashMap<>();
        Stream<Peer> own = scenarios.stream().flatMap(scenario -> scenario.peers().stream());
        Stream.concat(peers.stream(), own).forEach(peer -> all.putIfAbsent(peer.id(), peer));
        return new Catalog(scenarios, List.copyOf(all.values()));
    }

    /** @throws IllegalArgumentException with the known names, when one is not among them */
    Catalog only(List<String> scenarioIds, List<String> peerIds) {
        List<Scenario> some = chosen("scenario", scenarios, Scenario::id, scenarioIds);
        Set<String> ofTheRest = ownPeers(scenario -> !some.contains(scenario));
        ofTheRest.removeAll(ownPeers(some::contains));
        Catalog chosen = new Catalog(
                some,
                chosen("peer", peers, Peer::id, peerIds).stream()
                        .filter(peer -> !ofTheRest.contains(peer.id()))
                        .toList());
        if (chosen.scenarios.stream()
                .allMatch(scenario -> chosen.fitting(scenario).isEmpty())) {
            throw new IllegalArgumentException("None of these peers can run any of these scenarios.");
        }
        return chosen;
    }

    /** Those that it can run on, but not what only others know. */
    List<Peer> fitting(Scenario scenario) {
        Set<String> others = ownPeers(other -> !other.id().equals(scenario.id()));
        others.removeAll(ownPeers(other -> other.id().equals(scenario.id())));
        return peers.stream()
                .filter(peer -> !others.contains(peer.id()) && scenario.fits(peer))
                .toList();
    }

    private Set<String> ownPeers(Predicate<Scenario> of) {
        return scenarios.stream()
                .filter(of)
                .flatMap(scenario -> scenario.peers().stream())
                .map(Peer::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Of the scenarios. */
    List<String> ids() {
        return scenarios.stream().map(Scenario::id).toList();
    }

    List<Server> servers() {
        return peers.stream().map(peer -> new Server(peer.id(), peer.name())).toList();
    }

    String text() {
        return "Scenarios:\n" + lines(scenarios, Scenario::id, Scenario::description) + "\nPeers:\n"
                + lines(peers, Peer::id, Peer::name);
    }

    /** In the catalog's order, whatever theirs is; all of them, when none is named. */
    private static <T> List<T> chosen(String kind, List<T> known, Function<T, String> id, List<String> names) {
        List<String> ids = known.stream().map(id).toList();
        for (String name : names) {
            if (!ids.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no " + kind + " \"" + name + "\". There are: " + String.join(", ", ids));
            }
        }
        return known.stream()
                .filter(each -> names.isEmpty() || names.contains(id.apply(each)))
                .toList();
    }

    private static <T> String lines(List<T> all, Function<T, String> id, Function<T, String> description) {
        int width = all.stream().map(id).mapToInt(String::length).max().orElse(0);
        return all.stream()
                .map(each -> "  " + id.apply(each)
                        + " ".repeat(width - id.apply(each).length()) + "  " + description.apply(each) + "\n")
                .collect(Collectors.joining());
    }
}
