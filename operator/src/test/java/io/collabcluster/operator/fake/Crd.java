package io.collabcluster.operator.fake;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

    private static String generated() {
        try {
            Path folder = Files.createTempDirectory(Path.of("target"), "crd");
            new CRDGenerator()
                    .customResourceClasses(CollabCluster.class)
                    .inOutputDir(folder.toFile())
                    .generate();
            return Files.readString(folder.resolve("collabclusters.collabcluster.io-v1.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
