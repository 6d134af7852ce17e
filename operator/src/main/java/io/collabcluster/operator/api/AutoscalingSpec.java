package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Growing and shrinking by load, with a HorizontalPodAutoscaler on the CollabCluster itself. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "self.minReplicas <= self.maxReplicas", message = "minReplicas has to be at most maxReplicas")
@ValidationRule(
        value = "!self.enabled || self.connectionsPerNode > 0 || self.cpuPercent > 0",
        message = "name connectionsPerNode or cpuPercent: there is nothing else to scale by")
public record AutoscalingSpec(
        @Default("false") @JsonPropertyDescription("Let it set replicas.")
        Boolean enabled,

        @Default("2") @Min(1) @Max(1000) @JsonPropertyDescription("Never fewer.")
        Integer minReplicas,

        @Default("10") @Min(1) @Max(1000) @JsonPropertyDescription("Never more.")
        Integer maxReplicas,

        @Default("5000")
        @Min(0) @Max(10000000) @JsonPropertyDescription(
                "Connections that a node should have, from the metric collab_connections; 0 leaves them out.")
        Integer connectionsPerNode,

        @Default("0")
        @Min(0) @Max(100) @JsonPropertyDescription("Percent of its requested CPU that a node should use; 0 leaves it out.")
        Integer cpuPercent,

        @Default("600") @Min(0) @Max(3600) @JsonPropertyDescription("How long less has to do before a node goes.")
        Integer shrinkAfterSeconds) {

    public AutoscalingSpec {
        enabled = Unset.or(enabled, false);
        minReplicas = Unset.or(minReplicas, 2);
        maxReplicas = Unset.or(maxReplicas, 10);
        connectionsPerNode = Unset.or(connectionsPerNode, 5000);
        cpuPercent = Unset.or(cpuPercent, 0);
        shrinkAfterSeconds = Unset.or(shrinkAfterSeconds, 600);
    }

    static AutoscalingSpec defaults() {
        return new AutoscalingSpec(null, null, null, null, null, null);
    }
}
