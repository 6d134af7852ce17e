package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether other sites' pages send the cookie. */
public enum SameSite {
    @JsonProperty("Lax")
    LAX,
    @JsonProperty("Strict")
    STRICT,
    @JsonProperty("None")
    NONE
}
