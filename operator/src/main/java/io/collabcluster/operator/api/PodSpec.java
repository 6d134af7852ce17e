package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** What is added to the nodes' pods. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PodSpec(
        @Size(max = 50) @JsonPropertyDescription("Labels; those of the operator can't be overridden.")
        Map<String, @Size(max = 63) String> labels,

        @Size(max = 50) @JsonPropertyDescription("Annotations.")
        Map<String, @Size(max = 10000) String> annotations,

        @JsonPropertyDescription(
                "Anything else, as in a pod template: laid over the operator's, lists of named things by their names. What the operator answers for is refused: see the reference.")
        ObjectNode template) {

    public PodSpec {
        labels = Unset.map(labels);
        annotations = Unset.map(annotations);
        template = Unset.object(template);
    }

    static PodSpec defaults() {
        return new PodSpec(null, null, null);
    }
}
