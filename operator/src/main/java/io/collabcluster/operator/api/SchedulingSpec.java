package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** Where the pods may run: the nodes', and but for affinity and spread the managed Redis', too. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SchedulingSpec(
        @Size(max = 50) @JsonPropertyDescription("Labels that a machine must have, also for the managed Redis.")
        Map<String, @Size(max = 63) String> nodeSelector,

        @Size(max = 50) @JsonPropertyDescription("Taints that don't keep them away, nor the managed Redis.")
        List<Toleration> tolerations,

        @SchemaFrom(type = ObjectNode.class) @JsonPropertyDescription("As of a pod; for the nodes alone.")
        Affinity affinity,

        @Size(max = 253) @JsonPropertyDescription("Their PriorityClass, and the managed Redis'.")
        String priorityClassName,

        @Default("Preferred") @JsonPropertyDescription("Over zones: as well as it goes, strictly, or not at all.")
        SpreadMode zoneSpread,

        @Default("Preferred") @JsonPropertyDescription("Over machines.")
        SpreadMode hostSpread) {

    public SchedulingSpec {
        nodeSelector = Unset.map(nodeSelector);
        tolerations = Unset.list(tolerations);
        affinity = Unset.or(affinity, Affinity::new);
        priorityClassName = Unset.text(priorityClassName);
        zoneSpread = Unset.or(zoneSpread, SpreadMode.PREFERRED);
        hostSpread = Unset.or(hostSpread, SpreadMode.PREFERRED);
    }

    static SchedulingSpec defaults() {
        return new SchedulingSpec(null, null, null, null, null, null);
    }
}
