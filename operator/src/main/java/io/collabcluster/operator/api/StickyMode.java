package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What keeps a client with its node. */
public enum StickyMode {
    /** The best that the provider can. */
    @JsonProperty("Auto")
    AUTO,
    @JsonProperty("Cookie")
    COOKIE,
    @JsonProperty("ClientIP")
    CLIENT_IP,
    /** A query parameter. */
    @JsonProperty("HashKey")
    HASH_KEY,
    @JsonProperty("None")
    NONE
}
