package io.collabcluster.cli;

import io.collabcluster.config.CollabConfig;
import io.collabcluster.config.ConfigReader;
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

/** {@code serve [config.json]}: checks the configuration, then runs the server. */
@Command(
        name = "serve",
        description = "Runs the server. Without config.json: standalone, with a Postgres of its own in ./data.",
        mixinStandardHelpOptions = true,
        versionProvider = CollabCommand.CurrentVersion.class,
        footer = {
            "",
            "Example:",
            "  collab serve config.json",
            "  COLLAB_PORT=8080 collab serve       every key of config.json can come from the environment"
        })
final class ServeCommand implements Callable<Integer> {

    @ParentCommand
    private CollabCommand collab;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "config.json", description = "The configuration.")
    private Path file;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        switch (ConfigReader.read(Optional.ofNullable(file), collab.environment())) {
            case ConfigReader.Invalid(var faults) -> {
                FaultTable.print(faults, err);
                return 2;
            }
            case ConfigReader.Valid(CollabConfig config, List<String> warnings) -> {
                warnings.forEach(warning -> err.println("WARNING: " + warning));
                guestWarning(config).ifPresent(warning -> err.println("WARNING: " + warning));
                err.flush();
                collab.server().run(config);
                return 0;
            }
        }
    }

    private static Optional<String> guestWarning(CollabConfig config) {
        if (config.diagnosticsEcho() || !config.access().guestsOnly()) {
            return Optional.empty();
        }
        return Optional.of("nobody is authenticated: anyone who reaches " + config.host() + ":" + config.port()
                + " signs in as a guest under any name, and reads and writes everything. Set access.jwtSecret,"
                + " access.jwksUrl or authorizationServerUrl before others can reach it.");
    }

    static String said(StartFailure failure) {
        return "The server can't start: " + failure.getMessage() + "." + System.lineSeparator() + "What to do: "
                + failure.remedy() + ".";
    }
}
