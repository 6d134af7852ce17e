package io.collabcluster.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that a bench gave, so far.
 *
 * @param size of the load, as on the command line
 * @param runs how often each scenario is asked to run on each server
 * @param scenarios their ids, in the table's order
 * @param servers those that were asked for, in the table's order
 */
public record Results(
        Machine machine,
        String size,
        int runs,
        List<String> scenarios,
        List<Server> servers,
        List<Absence> absences,
        List<Failure> failures,
        List<Sample> samples) {

    public Results {
        scenarios = List.copyOf(scenarios);
        servers = List.copyOf(servers);
        absences = List.copyOf(absences);
        failures = List.copyOf(failures);
        samples = List.copyOf(samples);
    }

    public Results plus(List<Sample> more) {
        return new Results(machine, size, runs, scenarios, servers, absences, failures, joined(samples, more));
    }

    public Results plus(Failure failure) {
        return new Results(
                machine, size, runs, scenarios, servers, absences, joined(failures, List.of(failure)), samples);
    }

    public boolean has(String scenario, String peer, int run) {
        return samples.stream()
                .anyMatch(sample ->
                        sample.of().scenario().equals(scenario) && sample.peer().equals(peer) && sample.run() == run);
    }

    /** No run failed, and nothing was lost in any. */
    public boolean clean() {
        return failures.isEmpty()
                && samples.stream().allMatch(sample -> sample.figures().getOrDefault(Metric.LOST, 0.0) == 0);
    }

    /** As these, with what was before. What had failed then, or could not be had, is forgotten where these ask for it again. */
    public Results resuming(Results before) {
        return new Results(
                machine.after(before.machine),
                size,
                Math.max(before.runs, runs),
                union(before.scenarios, scenarios),
                union(before.servers, servers),
                joined(rest(before.absences, old -> asksFor(old.scenario(), old.peer())), absences),
                joined(rest(before.failures, old -> asksFor(old.scenario(), old.peer())), failures),
                joined(before.samples, samples));
    }

    private boolean asksFor(String scenario, String peer) {
        return scenarios.contains(scenario)
                && servers.stream().anyMatch(server -> server.id().equals(peer));
    }

    /** The same, as a table that has these: what they don't name comes last. */
    public Results inOrderOf(List<String> knownScenarios, List<Server> knownServers) {
        return new Results(
                machine,
                size,
                runs,
                ordered(scenarios, knownScenarios),
                ordered(servers, knownServers),
                absences,
                failures,
                samples.stream()
                        .sorted(Comparator.comparingInt(
                                sample -> place(sample.of().scenario(), knownScenarios)))
                        .toList());
    }

    private static <T> List<T> ordered(List<T> some, List<T> known) {
        return some.stream()
                .sorted(Comparator.comparingInt(each -> place(each, known)))
                .toList();
    }

    private static <T> int place(T each, List<T> known) {
        int index = known.indexOf(each);
        return index < 0 ? known.size() : index;
    }

    private static <T> List<T> rest(List<T> all, Predicate<T> gone) {
        return all.stream().filter(gone.negate()).toList();
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
}
