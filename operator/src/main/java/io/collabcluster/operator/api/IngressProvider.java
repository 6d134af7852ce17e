package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whose annotations an Ingress needs. */
public enum IngressProvider {
    /** No annotations but those of the resource. */
    @JsonProperty("Generic")
    GENERIC,
    /** ingress-nginx, and Traefik's provider for its annotations. */
    @JsonProperty("Nginx")
    NGINX,
    /** HAProxy Technologies' HAProxy Kubernetes Ingress Controller. */
    @JsonProperty("HAProxyTech")
    HAPROXY_TECH,
    /** haproxy-ingress. */
    @JsonProperty("HAProxyIngress")
    HAPROXY_INGRESS,
    @JsonProperty("Traefik")
    TRAEFIK,
    /** The AWS Load Balancer Controller. */
    @JsonProperty("ALB")
    ALB
}
