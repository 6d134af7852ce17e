package io.collabcluster.operator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.pod.NodePod;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The container files, as far as they can be checked without building an image. */
class ContainerFilesTest {

    private static final Path ROOT = Path.of("..");

    @ParameterizedTest
    @ValueSource(strings = {"service-jvm", "service-native", "operator-jvm", "operator-native"})
    void anImageNeedsNoRootAndNoShell(String name) throws IOException {
        assertThat(words(name, "USER")).singleElement().asString().matches("[1-9][0-9]*:[0-9]+");
        assertThat(words(name, "RUN")).isEmpty();
        // The exec form: the shell form needs a shell, and swallows SIGTERM.
        Stream.concat(words(name, "ENTRYPOINT").stream(), words(name, "CMD").stream())
                .forEach(command -> assertThat(strings(command)).isNotEmpty());
        assertThat(words(name, "FROM"))
                .singleElement()
                .asString()
                .matches("[^:]+:[^:]+")
                .doesNotEndWith(":latest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-jvm", "service-native", "operator-jvm", "operator-native"})
    void whatIsCopiedIsWhatTheBuildMakes(String name) throws IOException {
        String module = name.startsWith("service") ? "collab-service" : "operator";
        assertThat(Files.isRegularFile(ROOT.resolve(module).resolve("pom.xml"))).isTrue();
        List<String> sources = words(name, "COPY").stream()
                .map(copy -> copy.replaceFirst("--\\S+ ", "").split(" ")[0])
                .toList();
        var wanted = new ArrayList<String>();
        if (name.endsWith("native")) {
            wanted.add("target/*-runner");
        } else {
            Stream.of("lib/", "app/", "quarkus/", "quarkus-run.jar")
                    .forEach(part -> wanted.add("target/quarkus-app/" + part));
        }
        if (name.equals("service-jvm")) {
            wanted.add("serve.options");
            assertThat(ROOT.resolve("collab-service/serve.options")).isRegularFile();
        }
        assertThat(sources)
                .isEqualTo(wanted.stream().map(part -> module + "/" + part).toList());
        String entry = words(name, "ENTRYPOINT").getFirst();
        assertThat(words(name, "COPY"))
                .anySatisfy(copy -> assertThat(entry).contains(copy.substring(copy.lastIndexOf(' ') + 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-jvm", "service-native"})
    void theServersImageFitsTheOperatorsPod(String name) throws IOException {
        Container server =
                NodePod.of(Clusters.of(), "abc").getSpec().getContainers().getFirst();
        List<Integer> ports = Arrays.stream(words(name, "EXPOSE").getFirst().split(" "))
                .map(Integer::valueOf)
                .toList();
        assertThat(server.getPorts())
                .extracting(ContainerPort::getContainerPort)
                .containsExactlyElementsOf(ports);
        assertThat(server.getArgs()).isEqualTo(strings(words(name, "CMD").getFirst()));
    }

    @Test
    void theOperatorsPortIsTheCharts() throws IOException {
        String chart = Files.readString(ROOT.resolve("charts/collab-operator/templates/deployment.yaml"));
        for (String name : new String[] {"operator-jvm", "operator-native"}) {
            assertThat(chart).contains("containerPort: " + words(name, "EXPOSE").getFirst());
        }
    }

    private static List<String> words(String name, String instruction) throws IOException {
        return Files.readAllLines(ROOT.resolve("src-native/Containerfile." + name)).stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1))
                .toList();
    }

    private static List<String> strings(String json) {
        try {
            return List.of(new ObjectMapper().readValue(json, String[].class));
        } catch (IOException e) {
            throw new AssertionError("not the exec form: " + json, e);
        }
    }
}
