package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.Provenance;
import io.collabcluster.bench.report.Machine;
import io.collabcluster.bench.report.Results;
import io.collabcluster.bench.report.ResultsFile;
import io.collabcluster.bench.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./collab bench}. */
@Command(
        name = "bench",
        customSynopsis = "./collab bench [options]",
        description = {
            "Measures what the server costs, beside what people would otherwise run, on this machine, and prints one table.",
            "Every peer is started by the bench itself; those that can't be had are named as absent. Progress goes to the"
                    + " standard error. Exit status: 0 well, 1 a run failed or lost messages, 2 a wrong option or too few"
                    + " open files.",
            ""
        },
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  ./collab bench --size tiny                             does it work here?",
            "  ./collab bench                                         everything, three times: takes about two hours",
            "  ./collab bench --scenarios idle --runs 1               one scenario, quickly",
            "  ./collab bench --resume bench-results/2026-01-31-120000/results.json",
            "  ./collab bench --report bench-results/2026-01-31-120000/results.json --docs docs"
        })
public final class Bench implements Callable<Integer> {

    private static final int WIDTH = 120;
    private static final String NATIVE = "collab-native";

    private final Catalog catalog;
    private final Optional<OpenFiles> openFiles;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Choice choice;

    @Mixin
    private Output output;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Go on with an interrupted bench: what its results.json has is not run again.")
    private Optional<Path> resumed = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Run nothing: print the table of a results.json again, and draw its plots.")
    private Optional<Path> reported = Optional.empty();

    @Option(names = "--list", description = "Print the names of the scenarios and the peers.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this.")
    private boolean help;

    Bench(Catalog catalog, Optional<OpenFiles> openFiles) {
        this.catalog = catalog;
        this.openFiles = openFiles;
    }

    public static void main(String... arguments) {
        System.setProperty("java.awt.headless", "true");
        Catalog catalog = Catalog.of(Scenarios.all(), Peer.all());
        System.exit(commandLine(new Bench(catalog, OpenFiles.ofThisProcess())).execute(arguments));
    }

    /** Command lines run in tests as they do here. */
    static CommandLine commandLine(Bench bench) {
        return new CommandLine(bench)
                .setUsageHelpWidth(WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Bench::wrong)
                .setExecutionExceptionHandler(Bench::failed);
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        if (list) {
            out.print(catalog.text());
            out.flush();
            return ExitCode.OK;
        }
        if (reported.isPresent()) {
            output.show(ResultsFile.read(reported.get()), reported.get(), out, err);
            return ExitCode.OK;
        }
        return measured(out, err);
    }

    private int measured(PrintWriter out, PrintWriter err) throws IOException {
        output.check();
        Optional<Results> before =
                resumed.isPresent() ? Optional.of(ResultsFile.read(resumed.get())) : Optional.empty();
        Machine here = Machine.here(
                "./collab bench" + (before.isPresent() ? " --resume" : "") + choice.options(), choice.build(before));
        Plan plan = plan(before, here);
        Optional<String> tooFew = openFiles.flatMap(limit -> limit.tooFewFor(plan.connections()));
        if (tooFew.isPresent()) {
            err.println(tooFew.get());
            return ExitCode.USAGE;
        }
        Path file = resumed.orElseGet(output::file);
        if (resumed.isEmpty() && Files.exists(file)) {
            err.println("There are results in " + file + " already. Go on with them by --resume " + file
                    + ", or say another folder with --out, or remove them.");
            return ExitCode.USAGE;
        }
        if (plan.peers().stream().anyMatch(peer -> peer.id().startsWith(NATIVE))) {
            Provenance.staleExecutable().ifPresent(err::println);
        }
        Results results = new Measurement(catalog, plan, file, err).run(here, before);
        List<String> changed = here.build().differences(choice.build(Optional.of(results)));
        if (!changed.isEmpty()) {
            err.println("WARNING: what was measured changed during the bench, so the figures are of several builds:\n"
                    + String.join("\n", changed));
        }
        output.show(results, file, out, err);
        return results.clean() && !results.samples().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Plan plan(Optional<Results> before, Machine here) {
        try {
            return before.isPresent() ? choice.of(catalog, before.get(), here) : choice.of(catalog);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
        }
    }

    private static int wrong(ParameterException fault, String... arguments) {
        String text = fault.getMessage() + "\n./collab bench --help has all options.";
        return complaint(fault.getCommandLine(), text, ExitCode.USAGE);
    }

    private static int failed(Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
        if (failure instanceof IOException) {
            boolean bare = failure instanceof FileSystemException;
            return complaint(commandLine, bare ? failure.toString() : failure.getMessage(), ExitCode.SOFTWARE);
        }
        failure.printStackTrace(commandLine.getErr());
        return ExitCode.SOFTWARE;
    }

    private static int complaint(CommandLine commandLine, String text, int status) {
        commandLine.getErr().println(text);
        commandLine.getErr().flush();
        return status;
    }
}
