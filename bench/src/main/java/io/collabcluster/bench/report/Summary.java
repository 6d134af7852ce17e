package io.collabcluster.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The table of some results: a group per case, in it a row per server, and one per thing that went wrong. */
final class Summary {

    private final Results results;

    private Summary(Results results) {
        this.results = results;
    }

    static Table of(Results results) {
        Summary summary = new Summary(results);
        List<Table.Group> groups =
                results.scenarios().stream().flatMap(summary::groups).toList();
        Set<Column> used = EnumSet.noneOf(Column.class);
        for (Table.Group group : groups) {
            group.rows().forEach(row -> used.addAll(row.cells().keySet()));
        }
        return new Table(Arrays.stream(Column.values()).filter(used::contains).toList(), groups);
    }

    /** Where no server gave a sample, the scenario stands for its cases. */
    private Stream<Table.Group> groups(String scenario) {
        List<Case> cases = results.samples().stream()
                .map(Sample::of)
                .filter(of -> of.scenario().equals(scenario))
                .distinct()
                .toList();
        if (!cases.isEmpty()) {
            return cases.stream().map(this::group);
        }
        List<Table.Row> notes = servers().stream()
                .flatMap(server -> notes(scenario, server).stream())
                .toList();
        return notes.isEmpty() ? Stream.empty() : Stream.of(new Table.Group(scenario, notes));
    }

    private Table.Group group(Case of) {
        Medians reference = medians(of, of.reference());
        List<Table.Row> rows = new ArrayList<>();
        for (Server server : servers()) {
            Medians medians = medians(of, server.id());
            if (!medians.empty()) {
                rows.add(new Table.Row(server.name(), medians.cells(reference), medians.remark(results.runs())));
            }
            rows.addAll(notes(of.scenario(), server));
        }
        String title = of.title() + " · " + of.unit();
        return new Table.Group(reference.empty() ? title : title + " · × " + name(of.reference()), rows);
    }

    private Medians medians(Case of, String peer) {
        return new Medians(results.samples().stream()
                .filter(sample -> sample.of().equals(of) && sample.peer().equals(peer))
                .toList());
    }

    private List<Table.Row> notes(String scenario, Server server) {
        Stream<String> absent = results.absences().stream()
                .filter(absence ->
                        absence.scenario().equals(scenario) && absence.peer().equals(server.id()))
                .map(absence -> "absent: " + firstLine(absence.reason()));
        Stream<String> failed = results.failures().stream()
                .filter(failure ->
                        failure.scenario().equals(scenario) && failure.peer().equals(server.id()))
                .map(failure -> "run " + failure.run() + " failed: " + firstLine(failure.reason()));
        return Stream.concat(absent, failed)
                .map(text -> new Table.Row(server.name(), Map.of(), Optional.of(text)))
                .toList();
    }

    /** The known ones, and behind them what a scenario measured without being asked. */
    private List<Server> servers() {
        Stream<Server> others = results.samples().stream()
                .map(Sample::peer)
                .distinct()
                .filter(peer -> results.servers().stream()
                        .noneMatch(server -> server.id().equals(peer)))
                .map(peer -> new Server(peer, peer));
        return Stream.concat(results.servers().stream(), others).toList();
    }

    private String name(String peer) {
        return servers().stream()
                .filter(server -> server.id().equals(peer))
                .map(Server::name)
                .findFirst()
                .orElse(peer);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("").strip();
    }
}
