package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How clients reach the nodes. */
public enum ExposureType {
    /** By the Service, inside the cluster. */
    @JsonProperty("None")
    NONE,
    @JsonProperty("Ingress")
    INGRESS,
    /** By an HTTPRoute of the Gateway API. */
    @JsonProperty("Gateway")
    GATEWAY,
    /** By the Service, of type LoadBalancer. */
    @JsonProperty("LoadBalancer")
    LOAD_BALANCER
}
