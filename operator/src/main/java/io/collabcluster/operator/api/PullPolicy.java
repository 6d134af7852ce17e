package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** When an image is pulled. */
public enum PullPolicy {
    @JsonProperty("IfNotPresent")
    IF_NOT_PRESENT,
    @JsonProperty("Always")
    ALWAYS,
    @JsonProperty("Never")
    NEVER
}
