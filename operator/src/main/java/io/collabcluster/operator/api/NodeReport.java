package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One node. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NodeReport(
        @JsonPropertyDescription("The pod.") String name,

        @JsonPropertyDescription(
                "As its /status says: starting, running, paused, draining, stopped; or unreachable, or the pod's phase.")
        String state,

        @JsonPropertyDescription("Why it isn't running.") String reason,

        @JsonPropertyDescription("Open connections; while it doesn't answer, as many as it said last.")
        Integer connections,

        @JsonPropertyDescription("The server's version.") String version,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        @JsonPropertyDescription("It didn't answer when it was asked last; the second time in a row it is unreachable.")
        Boolean silent) {

    public NodeReport {
        name = Unset.text(name);
        state = Unset.text(state);
        reason = Unset.text(reason);
        connections = Unset.or(connections, 0);
        version = Unset.text(version);
        silent = Unset.or(silent, false);
    }

    static NodeReport defaults() {
        return new NodeReport(null, null, null, null, null, null);
    }
}
