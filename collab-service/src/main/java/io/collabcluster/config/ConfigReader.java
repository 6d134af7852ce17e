package io.collabcluster.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads config.json and the environment, as a whole: either all of it is right, or every fault is known. */
public final class ConfigReader {

    /** The system property that names the file of a running server. Set and empty: there is none. */
    public static final String FILE_PROPERTY = "collab.config";

    private static final long LARGEST = 1 << 20;

    private ConfigReader() {}

    /** What came of it. */
    public sealed interface Result {}

    /** @param warnings what works, but hardly as it was meant */
    public record Valid(CollabConfig config, List<String> warnings) implements Result {}

    /** @param faults at least one */
    public record Invalid(List<Fault> faults) implements Result {}

    /** What the running server was started with: the file of {@link #FILE_PROPERTY}, and the environment. */
    public static Result readRunning() {
        String file = System.getProperty(FILE_PROPERTY, "");
        return read(file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file)), System.getenv());
    }

    /** Reads the file, if there is one, and lays the environment's {@code COLLAB_…} over it. */
    public static Result read(Optional<Path> file, Map<String, String> environment) {
        Faults faults = new Faults();
        Element.Members given = new Environment(environment, Schema.ALL, faults)
                .over(file.map(path -> members(path, faults)).orElseGet(ConfigReader::nothing));
        Settings settings = Settings.of(given, Schema.ALL, faults);
        CollabConfig config = new Rules(settings).config(file);
        return faults.any() ? new Invalid(faults.all()) : new Valid(config, faults.warnings());
    }

    private static Element.Members members(Path file, Faults faults) {
        Path base = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
        Element element = new JsonDocument(file.toString(), base, faults).read(text(file, faults));
        if (element instanceof Element.Members members) {
            return members;
        }
        faults.add("", element.where(), "got " + element.kind(), "a JSON object {…}");
        return nothing();
    }

    private static String text(Path file, Faults faults) {
        try {
            if (Files.isDirectory(file)) {
                return unreadable(file, faults, "it is a folder");
            }
            if (Files.size(file) > LARGEST) {
                return unreadable(file, faults, "it is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString()
                    .replaceFirst("^\uFEFF", "");
        } catch (NoSuchFileException e) {
            return unreadable(file, faults, "there is no such file");
        } catch (CharacterCodingException e) {
            return unreadable(file, faults, "it isn't UTF-8");
        } catch (IOException e) {
            return unreadable(file, faults, "it can't be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Notes it, and lets the reading of the environment go on. */
    private static String unreadable(Path file, Faults faults, String wrong) {
        faults.add(new Fault("", file.toString(), wrong, "a readable file of JSON"));
        return "{}";
    }

    private static Element.Members nothing() {
        return new Element.Members(Map.of(), Where.defaults());
    }
}
