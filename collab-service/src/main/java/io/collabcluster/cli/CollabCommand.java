package io.collabcluster.cli;

import io.collabcluster.config.Version;
import java.io.InputStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code collab}, by itself only the list of its sub-commands. */
@Command(
        name = "collab",
        description = "Collab Cluster: a self-hosted collaboration server that every Socket.IO client can talk to.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = CollabCommand.CurrentVersion.class,
        subcommands = {
            ServeCommand.class,
            CheckCommand.class,
            TokenCommand.class,
            EncryptCommand.class,
            BalanceCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  collab serve                        with nothing configured: a Postgres of its own in ./data",
            "  collab serve config.json            with a configuration",
            "  collab check config.json            every fault of it, or what differs from the defaults",
            "  collab token --user ann             a token to sign in with",
            "  collab encrypt --key-file db.key    a database password that only this key opens",
            "  collab balance nginx --nodes 10.0.0.1:3000,10.0.0.2:3000 --mode cookie"
        })
public final class CollabCommand implements Runnable {

    private final Map<String, String> environment;
    private final InputStream in;
    private final Server server;

    @Spec
    private CommandSpec spec;

    /** For the container, which makes a bean of every command; {@link Main} makes its own. */
    CollabCommand() {
        this(System.getenv(), System.in, new QuarkusServer());
    }

    CollabCommand(Map<String, String> environment, InputStream in, Server server) {
        this.environment = environment;
        this.in = in;
        this.server = server;
    }

    Map<String, String> environment() {
        return environment;
    }

    InputStream in() {
        return in;
    }

    Server server() {
        return server;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }

    static final class CurrentVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Collab Cluster " + Version.CURRENT};
        }
    }
}
