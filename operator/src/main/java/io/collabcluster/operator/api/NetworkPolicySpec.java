package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import java.util.List;

/** Who may connect to what. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NetworkPolicySpec(
        @Default("false")
        @JsonPropertyDescription(
                "Nodes take clients on their port alone, and other nodes on the internal one; Redis takes nodes alone.")
        Boolean enabled,

        @Size(max = 50) @JsonPropertyDescription("Who may connect to the nodes, e.g. the ingress controller. Left out: everyone.")
        List<NetworkPolicyPeer> clients,

        @Size(max = 50) @JsonPropertyDescription(
                "Who else may where clients is given, to read their state: Prometheus, for instance. The operator always may.")
        List<NetworkPolicyPeer> monitoring) {

    public NetworkPolicySpec {
        enabled = Unset.or(enabled, false);
        clients = Unset.list(clients);
        monitoring = Unset.list(monitoring);
    }

    static NetworkPolicySpec defaults() {
        return new NetworkPolicySpec(null, null, null);
    }
}
