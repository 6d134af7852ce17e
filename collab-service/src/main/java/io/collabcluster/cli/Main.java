package io.collabcluster.cli;

import io.collabcluster.config.ConfigReader;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.PrintWriter;
import picocli.CommandLine;

/** The one binary. Nothing of the server is started unless a sub-command does. */
@QuarkusMain
public final class Main {

    private static final int WIDTH = 100;

    private Main() {}

    public static void main(String... arguments) {
        int status = commandLine(new CollabCommand(System.getenv(), System.in, new QuarkusServer()))
                .execute(commandOf(arguments));
        if (status != 0) {
            System.exit(status);
        }
    }

    /** A launcher that can only set system properties names the configuration by one, and means {@code serve}. */
    private static String[] commandOf(String... arguments) {
        String file = System.getProperty(ConfigReader.FILE_PROPERTY);
        if (arguments.length > 0 || file == null) {
            return arguments;
        }
        return file.isEmpty() ? new String[] {"serve"} : new String[] {"serve", file};
    }

    /** Command lines run in tests as they do here. */
    static CommandLine commandLine(CollabCommand command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(WIDTH)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static int failed(Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments) {
        PrintWriter err = commandLine.getErr();
        if (failure instanceof StartFailure start) {
            err.println(ServeCommand.said(start));
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return 1;
    }
}
