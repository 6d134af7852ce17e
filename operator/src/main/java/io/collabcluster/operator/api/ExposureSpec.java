package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** How clients reach the nodes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.type == 'Ingress' || self.provider == 'Generic'",
        message = "provider is about an Ingress: set type to Ingress")
@ValidationRule(
        value = "self.type == 'Gateway' ? has(self.gateway) : !has(self.gateway)",
        message = "type Gateway needs the block gateway, and no other type has one")
@ValidationRule(
        value = "!has(self.tlsSecret) || self.type == 'Ingress'",
        message = "tlsSecret is the Ingress's; a Gateway's listener and a load balancer have their own")
@ValidationRule(
        value = "!has(self.sourceRanges) || self.type == 'LoadBalancer'",
        message = "sourceRanges are a load balancer's")
@ValidationRule(
        value = "!has(self.paths) || self.type in ['Ingress', 'Gateway']",
        message = "paths are an Ingress's or a Gateway's: a load balancer and a Service pass on everything")
@ValidationRule(
        value = "!has(self.sticky) || self.sticky.mode != 'HashKey' || self.provider in ['Nginx', 'HAProxyTech']",
        message = "only the providers Nginx and HAProxyTech can hash a key")
@ValidationRule(
        value = "!has(self.sticky) || self.sticky.mode != 'Cookie' || self.type in ['Ingress', 'Gateway']",
        message =
                "a cookie needs an Ingress or a Gateway: a load balancer and a Service know the client's address alone")
@ValidationRule(
        value =
                "!has(self.sticky) || self.sticky.mode != 'Cookie' || self.type != 'Ingress' || self.provider != 'Generic'",
        message = "the provider Generic can't be told to set a cookie: name the provider")
@ValidationRule(
        value =
                "!has(self.sticky) || self.sticky.mode != 'ClientIP' || self.type in ['LoadBalancer', 'None'] || self.provider in ['Nginx', 'HAProxyTech', 'HAProxyIngress']",
        message =
                "only a load balancer, a Service and the providers Nginx, HAProxyTech and HAProxyIngress keep clients together by address")
@ValidationRule(
        value =
                "!has(self.sticky) || self.sticky.mode != 'Cookie' || self.type != 'Gateway' || self.gateway.sessionPersistence == 'Experimental'",
        message =
                "a cookie through a Gateway is experimental in the Gateway API: set gateway.sessionPersistence to Experimental")
@ValidationRule(
        value =
                "!has(self.sticky) || !has(self.sticky.key) || self.provider != 'Nginx' || !self.sticky.key.contains('-')",
        message = "nginx has no name for a parameter with a hyphen: hash another key")
@ValidationRule(
        value =
                "self.type != 'LoadBalancer' || oldSelf.type != 'LoadBalancer' || has(self.className) == has(oldSelf.className) && (!has(self.className) || self.className == oldSelf.className)",
        message = "a load balancer's class can't be changed while there is one: set type to None first")
public record ExposureSpec(
        @Default("None")
        @JsonPropertyDescription(
                "None: a Service inside the cluster. Ingress, Gateway (an HTTPRoute), or LoadBalancer (the Service itself).")
        ExposureType type,

        @Default("Generic")
        @JsonPropertyDescription(
                "Whose annotations an Ingress and its Service need for sticky sessions and time-outs. Generic: none.")
        IngressProvider provider,

        @Size(max = 253) @JsonPropertyDescription("The IngressClass, or the class of a load balancer. Left out: the cluster's default.")
        String className,

        @Pattern("^(\\*\\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$") @Size(max = 253) @JsonPropertyDescription("The host that clients name. Left out: any.")
        String host,

        @Size(max = 253) @JsonPropertyDescription("A Secret of type kubernetes.io/tls: the Ingress serves TLS with it.")
        String tlsSecret,

        @JsonPropertyDescription("How a client stays with its node.")
        StickySpec sticky,

        @Default("3600")
        @Min(60) @Max(86400) @JsonPropertyDescription("How long an idle connection is kept, where the provider can be told.")
        Integer timeoutSeconds,

        @Size(max = 50) @JsonPropertyDescription(
                "Annotations for the Ingress, HTTPRoute or load-balancing Service; they win over the operator's.")
        Map<String, @Size(max = 10000) String> annotations,

        @JsonPropertyDescription("The Gateway that the HTTPRoute attaches to.")
        GatewaySpec gateway,

        @Size(max = 100) @JsonPropertyDescription("Addresses that a load balancer lets in, e.g. 192.0.2.0/24.")
        List<@Size(max = 49) String> sourceRanges,

        @Size(max = 100) @JsonPropertyDescription(
                "Addresses of the balancers in front of the nodes, e.g. 10.0.0.0/8: clients are counted and logged by the addresses that these tell in X-Forwarded-For. Left out: by the balancers' own.")
        List<@Size(max = 49) String> trustedProxies,

        @Size(max = 32) @JsonPropertyDescription(
                "Paths that an Ingress or a Gateway lets through, each with all below it; [/] is everything. Left out: what clients and the page need.")
        List<@Pattern("^(/|" + SocketIoSpec.PATH + ")$") @Size(max = 200) String> paths) {

    public ExposureSpec {
        type = Unset.or(type, ExposureType.NONE);
        provider = Unset.or(provider, IngressProvider.GENERIC);
        className = Unset.text(className);
        host = Unset.text(host);
        tlsSecret = Unset.text(tlsSecret);
        sticky = Unset.or(sticky, StickySpec::defaults);
        timeoutSeconds = Unset.or(timeoutSeconds, 3600);
        annotations = Unset.map(annotations);
        gateway = Unset.or(gateway, GatewaySpec.NONE);
        sourceRanges = Unset.list(sourceRanges);
        trustedProxies = Unset.list(trustedProxies);
        paths = Unset.list(paths);
    }

    static ExposureSpec defaults() {
        return new ExposureSpec(null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
