package io.collabcluster.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Results as JSON: written anew after every run, so that an interrupted bench keeps what it has. */
public final class ResultsFile {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private ResultsFile() {}

    public static void write(Results results, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path half = file.resolveSibling(file.getFileName() + ".new");
        JSON.writeValue(half.toFile(), Stored.of(results));
        Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** @throws IOException with the file's name, when there is none or it is not one of the bench's */
    public static Results read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("There is no file " + file + " that can be read.");
        }
        try {
            return JSON.readValue(file.toFile(), Stored.class).results();
        } catch (JsonProcessingException wrong) {
            throw new IOException(file + " is not a file of results: " + wrong.getOriginalMessage(), wrong);
        } catch (NullPointerException | IllegalArgumentException wrong) {
            throw new IOException(file + " is not a file of results: something in it is missing", wrong);
        }
    }

    private record Stored(
            Machine machine,
            String size,
            int runs,
            List<String> scenarios,
            List<Server> servers,
            List<Absence> absences,
            List<Failure> failures,
            List<StoredSample> samples) {

        static Stored of(Results from) {
            return new Stored(
                    from.machine(),
                    from.size(),
                    from.runs(),
                    from.scenarios(),
                    from.servers(),
                    from.absences(),
                    from.failures(),
                    from.samples().stream().map(StoredSample::of).toList());
        }

        Results results() throws JsonProcessingException {
            if (machine == null || scenarios == null || servers == null || samples == null) {
                throw new JsonProcessingException("it lacks machine, scenarios, servers or samples") {
                    private static final long serialVersionUID = 1;
                };
            }
            return new Results(
                    machine.complete(),
                    Objects.requireNonNull(size),
                    runs,
                    scenarios,
                    servers,
                    orNone(absences),
                    orNone(failures),
                    samples.stream().map(StoredSample::sample).toList());
        }

        private static <T> List<T> orNone(List<T> list) {
            return list == null ? List.of() : list;
        }
    }

    private record StoredSample(
            Case of,
            String peer,
            int run,
            Map<Metric, Double> figures,
            @JsonInclude(JsonInclude.Include.NON_NULL) String remark) {

        static StoredSample of(Sample from) {
            return new StoredSample(
                    from.of(),
                    from.peer(),
                    from.run(),
                    from.figures(),
                    from.remark().orElse(null));
        }

        Sample sample() {
            return new Sample(
                    of.complete(), Objects.requireNonNull(peer), run, Map.copyOf(figures), Optional.ofNullable(remark));
        }
    }
}
