package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads configurations in tests. */
final class Read {

    private Read() {}

    static ConfigReader.Result result(Path folder, String json, Map<String, String> environment) {
        try {
            Path file = Files.writeString(folder.resolve("config.json"), json);
            return ConfigReader.read(Optional.of(file), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConfigReader.Valid valid(ConfigReader.Result result) {
        assertThat(result).isInstanceOf(ConfigReader.Valid.class);
        return (ConfigReader.Valid) result;
    }

    static List<Fault> faults(ConfigReader.Result result) {
        assertThat(result).isInstanceOf(ConfigReader.Invalid.class);
        return ((ConfigReader.Invalid) result).faults();
    }

    static Fault fault(ConfigReader.Result result) {
        List<Fault> faults = faults(result);
        assertThat(faults).hasSize(1);
        return faults.getFirst();
    }
}
