package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Sticky sessions of the Gateway API. */
public enum SessionPersistence {
    @JsonProperty("None")
    NONE,
    @JsonProperty("Experimental")
    EXPERIMENTAL
}
