package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How strictly pods are spread. */
public enum SpreadMode {
    /** As well as it goes. */
    @JsonProperty("Preferred")
    PREFERRED,
    /** A pod that can't be placed so waits. */
    @JsonProperty("Required")
    REQUIRED,
    @JsonProperty("None")
    NONE
}
