package io.collabcluster.bench.report;

import java.util.List;
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

    /** As these, with what was measured before. What had failed then is forgotten: it is run again. */
    public Results resuming(Results before) {
        return new Results(
                machine,
                size,
                runs,
                union(before.scenarios, scenarios),
                union(before.servers, servers),
                absences,
                failures,
                joined(before.samples, samples));
    }

    private static <T> List<T> joined(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }

    private static <T> List<T> union(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }
}
