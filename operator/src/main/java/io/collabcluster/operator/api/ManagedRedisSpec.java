package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.ResourceRequirements;

/** A Redis that the operator runs for one CollabCluster: one pod, reached by the nodes alone. */
@SchemaCustomizer(SpecSchema.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ManagedRedisSpec(
        @Default("docker.io/library/redis:7.4-alpine")
        @Size(min = 1, max = 512) @JsonPropertyDescription("Its image, with tag or digest.")
        String image,

        @JsonPropertyDescription("Whether it keeps its data. What is in it can be lost without losing a comment.")
        PersistenceSpec persistence,

        @JsonPropertyDescription("Its container's requests and limits.")
        ResourceRequirements resources) {

    public ManagedRedisSpec {
        image = Unset.or(image, "docker.io/library/redis:7.4-alpine");
        persistence = Unset.or(persistence, PersistenceSpec::defaults);
        resources = Unset.or(resources, ResourceRequirements::new);
    }

    static ManagedRedisSpec defaults() {
        return new ManagedRedisSpec(null, null, null);
    }
}
