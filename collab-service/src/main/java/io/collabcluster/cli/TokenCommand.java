package io.collabcluster.cli;

import io.collabcluster.access.AccessOptions;
import io.collabcluster.access.Tokens;
import io.collabcluster.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code token --user ann}: a token to try the server out with, and nothing else on the standard output. */
@Command(
        name = "token",
        description =
                "Prints a JSON Web Token, for trying out a server that has access.jwtSecret. The secret comes from"
                        + " the configuration, the environment (COLLAB_ACCESS_JWTSECRET) or a file; never from an argument, which"
                        + " every user of the machine could read.",
        mixinStandardHelpOptions = true,
        versionProvider = CollabCommand.CurrentVersion.class,
        footer = {
            "",
            "Examples:",
            "  collab token --user ann --config config.json",
            "  collab token --user bob --name \"Bob B.\" --group admin --hours 1 --secret-file jwt.secret"
        })
final class TokenCommand implements Callable<Integer> {

    private static final String SECRET_VARIABLE = "COLLAB_ACCESS_JWTSECRET";

    @ParentCommand
    private CollabCommand collab;

    @Spec
    private CommandSpec spec;

    @Option(names = "--user", required = true, paramLabel = "ID", description = "Whom the token is for.")
    private String user;

    @Option(names = "--name", paramLabel = "NAME", description = "The name that others see. Left out: the ID.")
    private String name;

    @Option(names = "--group", paramLabel = "GROUP", description = "A group, e.g. admin; may be given several times.")
    private Set<String> groups = new LinkedHashSet<>();

    @Option(
            names = "--hours",
            defaultValue = "12",
            paramLabel = "N",
            description = "How long it is good for, 1 to 8760 hours. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Option(names = "--config", paramLabel = "FILE", description = "The server's config.json.")
    private Path config;

    @Option(names = "--secret-file", paramLabel = "FILE", description = "A file with the secret alone.")
    private Path secretFile;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (user.isBlank() || hours < 1 || hours > 8760) {
            err.println("--user must not be empty, and --hours must be from 1 to 8760.");
            return 2;
        }
        try {
            return switch (ConfigReader.read(Optional.ofNullable(config), environment())) {
                case ConfigReader.Invalid(var faults) -> {
                    FaultTable.print(faults, err);
                    yield 2;
                }
                case ConfigReader.Valid(var read, var _) -> print(read.access(), err);
            };
        } catch (IOException e) {
            err.println("The file " + secretFile + " can't be read.");
            return 2;
        }
    }

    /** The file's secret wins over the environment's, as that does over the configuration's. */
    private Map<String, String> environment() throws IOException {
        Map<String, String> environment = new HashMap<>(collab.environment());
        if (secretFile != null) {
            environment.put(SECRET_VARIABLE, Files.readString(secretFile).strip());
        }
        return environment;
    }

    private int print(AccessOptions access, PrintWriter err) {
        if (access.jwtSecret().isEmpty()) {
            err.println("There is no secret to sign with. Give --config with a file that has access.jwtSecret, or"
                    + " --secret-file, or set " + SECRET_VARIABLE
                    + ". (A server without any sign-in takes everyone as a guest, and needs no token.)");
            return 2;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(Tokens.issue(access, user, name == null ? user : name, groups, Duration.ofHours(hours)));
        out.flush();
        return 0;
    }
}
