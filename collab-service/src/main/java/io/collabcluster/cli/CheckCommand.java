package io.collabcluster.cli;

import io.collabcluster.config.CollabConfig;
import io.collabcluster.config.ConfigReader;
import io.collabcluster.config.Effective;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code check config.json}: what is wrong with it, or what it comes to. */
@Command(
        name = "check",
        description = "Checks a configuration without starting anything: every fault at once (and exit status 2), or"
                + " what differs from the defaults.",
        mixinStandardHelpOptions = true,
        versionProvider = CollabCommand.CurrentVersion.class,
        footer = {"", "Example:", "  collab check config.json"})
final class CheckCommand implements Callable<Integer> {

    @ParentCommand
    private CollabCommand collab;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "config.json", description = "The configuration.")
    private Path file;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        switch (ConfigReader.read(Optional.of(file), collab.environment())) {
            case ConfigReader.Invalid(var faults) -> {
                FaultTable.print(faults, out);
                return 2;
            }
            case ConfigReader.Valid(CollabConfig config, List<String> warnings) -> {
                out.println("ok");
                warnings.forEach(warning -> out.println("WARNING: " + warning));
                print(config.effective(), out);
                out.flush();
                return 0;
            }
        }
    }

    private static void print(List<Effective> effective, PrintWriter out) {
        if (effective.isEmpty()) {
            out.println("Everything is at its default.");
            return;
        }
        TextTable table = new TextTable("KEY", "VALUE", "FROM");
        for (Effective each : effective) {
            table.row(each.path(), each.value(), each.where());
        }
        table.print(out);
    }
}
