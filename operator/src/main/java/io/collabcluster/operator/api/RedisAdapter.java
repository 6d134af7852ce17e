package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The format in which broadcasts travel through Redis. */
public enum RedisAdapter {
    @JsonProperty("Classic")
    CLASSIC,
    @JsonProperty("Sharded")
    SHARDED
}
