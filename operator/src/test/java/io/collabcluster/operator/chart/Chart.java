package io.collabcluster.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The chart as Helm renders it, of a release named {@code release} in the namespace {@code operators}. */
public final class Chart {

    public static final Path FOLDER = Path.of("../charts/collab-operator");

    private Chart() {}

    /** @param values {@code key=value}, as of {@code --set} */
    public static List<HasMetadata> render(String... values) {
        TemplateCommand template = template(FOLDER);
        for (String value : values) {
            int split = value.indexOf('=');
            template.set(value.substring(0, split), value.substring(split + 1));
        }
        return objects(template.call());
    }

    /** All that Helm makes, the pod of helm test included. */
    static String everything(String yaml) {
        return everything(yaml, "release", "operators");
    }

    static String everything(String yaml, String release, String namespace) {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "chart");
            Path values = Files.writeString(folder.resolve("given.yaml"), yaml);
            return template(withoutHooks(folder))
                    .withName(release)
                    .withNamespace(namespace)
                    .withValuesFile(values)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TemplateCommand template(Path chart) {
        return new Helm(chart)
                .template()
                .withName("release")
                .withNamespace("operators")
                .withKubeVersion("1.33.0");
    }

    /** Helm renders no hooks by themselves: it does when it takes the test for something else. */
    private static Path withoutHooks(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(FOLDER.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, Files.readString(file).replaceAll("(?m)^    helm\\.sh/hook.*\\R", ""));
            }
        }
        return folder;
    }

    static Stream<String> documents(String rendered) {
        return Stream.of(rendered.split("(?m)^---\\s*$"))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")));
    }

    static List<HasMetadata> objects(String rendered) {
        return documents(rendered)
                .map(document -> (HasMetadata) Serialization.unmarshal(document, KubernetesResource.class))
                .toList();
    }

    public static <T> List<T> of(List<HasMetadata> objects, Class<T> kind) {
        return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static <T> T one(List<HasMetadata> objects, Class<T> kind) {
        List<T> found = of(objects, kind);
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.getFirst();
    }
}
