package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** How a node stops. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.gracePeriodSeconds >= self.preStopSeconds + self.windowSeconds + 10",
        message =
                "gracePeriodSeconds has to be at least preStopSeconds + windowSeconds + 10: else nodes are killed while they drain")
public record DrainSpec(
        @Default("10")
        @Min(0) @Max(300) @JsonPropertyDescription("How long balancers get to notice that the pod goes, before it is told to.")
        Integer preStopSeconds,

        @Default("30")
        @Min(0) @Max(3600) @JsonPropertyDescription("How long the node takes to close its sockets, spread evenly.")
        Integer windowSeconds,

        @Default("60") @Min(10) @Max(86400) @JsonPropertyDescription("When Kubernetes kills what is left.")
        Integer gracePeriodSeconds) {

    public DrainSpec {
        preStopSeconds = Unset.or(preStopSeconds, 10);
        windowSeconds = Unset.or(windowSeconds, 30);
        gracePeriodSeconds = Unset.or(gracePeriodSeconds, 60);
    }

    static DrainSpec defaults() {
        return new DrainSpec(null, null, null);
    }
}
