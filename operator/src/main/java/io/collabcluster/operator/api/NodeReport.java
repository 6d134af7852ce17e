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
        @JsonPropertyDescription("Open connections.") Integer connections,
        @JsonPropertyDescription("The server's version.") String version) {

    public NodeReport {
        name = Unset.text(name);
        state = Unset.text(state);
        reason = Unset.text(reason);
        connections = Unset.or(connections, 0);
        version = Unset.text(version);
    }

    static NodeReport defaults() {
        return new NodeReport(null, null, null, null, null);
    }
}
