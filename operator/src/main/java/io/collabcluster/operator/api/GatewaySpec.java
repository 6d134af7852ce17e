package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The Gateway that an HTTPRoute attaches to. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record GatewaySpec(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Its name.")
        String name,

        @Size(max = 63) @JsonPropertyDescription("Its namespace. Left out: the CollabCluster's.")
        String namespace,

        @Size(max = 253) @JsonPropertyDescription("Its listener. Left out: all that fit.")
        String sectionName,

        @Default("None")
        @JsonPropertyDescription(
                "Experimental: a cookie by sessionPersistence, which only the experimental channel of the Gateway API has.")
        SessionPersistence sessionPersistence,

        @Default("false")
        @JsonPropertyDescription(
                "Switch the route's request time-out off; some Gateways (GKE) refuse routes that say anything about it.")
        Boolean disableRequestTimeout) {

    public GatewaySpec {
        name = Unset.text(name);
        namespace = Unset.text(namespace);
        sectionName = Unset.text(sectionName);
        sessionPersistence = Unset.or(sessionPersistence, SessionPersistence.NONE);
        disableRequestTimeout = Unset.or(disableRequestTimeout, false);
    }

    static final GatewaySpec NONE = new GatewaySpec("", null, null, null, null);
}
