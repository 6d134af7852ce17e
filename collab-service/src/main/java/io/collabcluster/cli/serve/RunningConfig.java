package io.collabcluster.cli.serve;

import io.collabcluster.config.CollabConfig;
import io.collabcluster.config.ConfigReader;
import io.collabcluster.config.Fault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** The configuration of the running node, for every bean. */
public final class RunningConfig {

    private RunningConfig() {}

    @Produces
    @Singleton
    static CollabConfig config() {
        return switch (ConfigReader.readRunning()) {
            case ConfigReader.Valid valid -> valid.config();
            case ConfigReader.Invalid invalid ->
                throw new IllegalStateException(
                        invalid.faults().stream().map(Fault::toString).collect(Collectors.joining("; ")));
        };
    }
}
