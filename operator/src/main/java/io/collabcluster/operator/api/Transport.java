package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** A transport of Engine.IO. */
public enum Transport {
    @JsonProperty("polling")
    POLLING,
    @JsonProperty("websocket")
    WEBSOCKET
}
