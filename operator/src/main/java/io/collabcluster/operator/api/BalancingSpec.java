package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What happens to the connections when the number of nodes changes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BalancingSpec(
        @Default("false")
        @JsonPropertyDescription(
                "Ask nodes that have more than their share to let some connections go, once, when new nodes are ready.")
        Boolean shedAfterGrowth) {

    public BalancingSpec {
        shedAfterGrowth = Unset.or(shedAfterGrowth, false);
    }

    static BalancingSpec defaults() {
        return new BalancingSpec(null);
    }
}
