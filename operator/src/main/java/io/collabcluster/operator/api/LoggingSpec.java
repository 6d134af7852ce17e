package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What the nodes log. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LoggingSpec(
        @Default("false") @JsonPropertyDescription("Everything.")
        Boolean verbose) {

    public LoggingSpec {
        verbose = Unset.or(verbose, false);
    }

    static LoggingSpec defaults() {
        return new LoggingSpec(null);
    }
}
