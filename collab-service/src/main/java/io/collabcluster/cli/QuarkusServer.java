package io.collabcluster.cli;

import io.collabcluster.config.CollabConfig;
import io.collabcluster.config.ConfigReader;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The server itself, until a signal ends the process. */
final class QuarkusServer implements Server {

    @Override
    public void run(CollabConfig config) {
        checkPort(config);
        System.setProperty(
                ConfigReader.FILE_PROPERTY, config.file().map(Path::toString).orElse(""));
        Quarkus.run(null, (status, failure) -> ended(config, status, failure));
    }

    /** Before anything is started, a database for instance; a port that is taken in between is found by {@link #ended}. */
    private static void checkPort(CollabConfig config) {
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new StartFailure(
                    "there is no address \"" + config.host() + "\"", "set host to an address of this machine");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            throw portFailure(config, e);
        }
    }

    private static StartFailure portFailure(CollabConfig config, Throwable cause) {
        String reason = String.valueOf(cause.getMessage());
        if (reason.contains("Permission denied")) {
            return new StartFailure(
                    "port " + config.port() + " is not this user's to listen on", "set port to one above 1023", cause);
        }
        if (reason.contains("Cannot assign")) {
            return new StartFailure(
                    "\"" + config.host() + "\" is no address of this machine",
                    "set host to one, or leave it out",
                    cause);
        }
        return new StartFailure(
                "port " + config.port() + " is in use",
                "end the program that listens there (a server started before?), or set another port, e.g."
                        + " COLLAB_PORT=" + (config.port() + 1),
                cause);
    }

    private static void ended(CollabConfig config, int status, Throwable failure) {
        if (failure != null) {
            report(config, failure);
        }
        System.exit(status);
    }

    private static void report(CollabConfig config, Throwable failure) {
        Optional<StartFailure> start = causes(failure)
                .filter(StartFailure.class::isInstance)
                .map(StartFailure.class::cast)
                .findFirst()
                .or(() -> causes(failure)
                        .filter(QuarkusBindException.class::isInstance)
                        .map(cause -> portFailure(config, cause))
                        .findFirst());
        start.ifPresentOrElse(
                known -> System.err.println(ServeCommand.said(known)), () -> failure.printStackTrace(System.err));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(50);
    }
}
