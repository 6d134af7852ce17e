package io.collabcluster.bench;

import io.collabcluster.bench.peer.Provenance;
import io.collabcluster.bench.report.Build;
import io.collabcluster.bench.report.Machine;
import io.collabcluster.bench.report.Results;
import io.collabcluster.bench.report.Server;
import io.collabcluster.bench.scenario.Size;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What of everything is to be measured; what is not said is as in the interrupted bench, if one is resumed. */
final class Choice {

    private static final int RUNS = 3;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, with commas between them. --list has the names.")
    private List<String> scenarios = List.of();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description = "Only these, with commas between them. --list has the names.")
    private List<String> peers = List.of();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            description = "full (the default), or tiny: seconds per scenario, only to show that it works.")
    private Optional<Size> size = Optional.empty();

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "How often each scenario runs on each peer, in turns. Default: 3; at the tiny size 1.")
    private Optional<Integer> runs = Optional.empty();

    /** @throws IllegalArgumentException saying what would be right */
    Plan of(Catalog catalog) {
        Size chosen = size.orElse(Size.FULL);
        return plan(catalog.only(scenarios, peers), chosen, runs.orElse(chosen == Size.TINY ? 1 : RUNS));
    }

    /** @throws IllegalArgumentException also when what is there can't be compared with what would come */
    Plan of(Catalog catalog, Results resumed, Machine here) {
        if (!resumed.machine().sameAs(here)) {
            throw new IllegalArgumentException(
                    "That was measured on another machine, or with another kernel, JDK or Node.js:\n"
                            + resumed.machine().text());
        }
        Size before = size(resumed)
                .orElseThrow(() -> new IllegalArgumentException(
                        "That was measured at a size that is not known here: " + resumed.size()));
        List<String> differences = resumed.machine().build().differences(here.build());
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "That was measured on something else, so it can't be gone on with. Begin anew,"
                            + " or restore what there was:\n" + String.join("\n", differences));
        }
        if (size.isPresent() && size.get() != before) {
            throw new IllegalArgumentException("That was measured at the size " + resumed.size() + ".");
        }
        List<String> servers = resumed.servers().stream().map(Server::id).toList();
        return plan(
                catalog.only(scenarios.isEmpty() ? resumed.scenarios() : scenarios, peers.isEmpty() ? servers : peers),
                before,
                runs.orElse(resumed.runs()));
    }

    /** What would be measured. */
    Build build(Optional<Results> resumed) {
        return build(resumed.flatMap(Choice::size).or(() -> size).orElse(Size.FULL));
    }

    private static Optional<Size> size(Results results) {
        return Arrays.stream(Size.values())
                .filter(known -> known.name().equalsIgnoreCase(results.size()))
                .findFirst();
    }

    private static Build build(Size size) {
        return new Build(
                Provenance.commit(),
                Provenance.server(),
                Provenance.executable(),
                Provenance.variables(System.getenv()),
                size.text());
    }

    /** As they were given; a blank before each. */
    String options() {
        return (scenarios.isEmpty() ? "" : " --scenarios " + String.join(",", scenarios))
                + (peers.isEmpty() ? "" : " --peers " + String.join(",", peers))
                + size.map(given -> " --size " + given.name().toLowerCase(Locale.ROOT))
                        .orElse("")
                + runs.map(given -> " --runs " + given).orElse("");
    }

    private static Plan plan(Catalog chosen, Size size, int runs) {
        if (runs < 1) {
            throw new IllegalArgumentException("--runs is at least 1.");
        }
        return new Plan(chosen, size, runs);
    }
}
