package io.collabcluster.operator.fake;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The definition that the generator makes of the CollabCluster's classes. */
public final class Crd {

    public static final String YAML = generated();
    public static final CustomResourceDefinition DEFINITION =
            Serialization.unmarshal(YAML, CustomResourceDefinition.class);

    private Crd() {}

    /** The schema of the whole resource. */
    public static JSONSchemaProps schema() {
        return DEFINITION.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    /** @param path below the resource, e.g. {@code spec.drain.windowSeconds} */
    public static JSONSchemaProps at(String path) {
        JSONSchemaProps schema = schema();
        for (String name : path.split("\\.")) {
            schema = schema.getProperties().get(name);
        }
        return schema;
    }

    /** The generator sorts columns by their paths, and kubectl prints them as they stand here. */
    private static final class ColumnsInOrder implements CRDPostProcessor {

        /** The widest comes last. */
        private static final List<String> ORDER = List.of("Ready", "Nodes", "Serving", "Connections", "Age", "Message");

        @Override
        public HasMetadata process(HasMetadata crd, String specVersion) {
            ((CustomResourceDefinition) crd)
                    .getSpec()
                    .getVersions()
                    .forEach(version ->
                            version.setAdditionalPrinterColumns(version.getAdditionalPrinterColumns().stream()
                                    .sorted(Comparator.comparingInt(column -> ORDER.indexOf(column.getName())))
                                    .toList()));
            return crd;
        }
    }

    private static String generated() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "crd");
            new CRDGenerator()
                    .withPostProcessor(new ColumnsInOrder())
                    .customResourceClasses(CollabCluster.class)
                    .inOutputDir(folder.toFile())
                    .generate();
            return Files.readString(folder.resolve("collabclusters.collabcluster.io-v1.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
