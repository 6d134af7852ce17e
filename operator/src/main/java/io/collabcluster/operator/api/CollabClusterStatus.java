package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;

/** What a CollabCluster is. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(ConditionsByType.class)
public record CollabClusterStatus(
        @JsonPropertyDescription("The generation of the specification that this is about.")
        Integer observedGeneration,

        @StatusReplicas @PrinterColumn(name = "Nodes") @JsonPropertyDescription("Pods that there are.")
        Integer replicas,

        @PrinterColumn(name = "Serving") @JsonPropertyDescription("Pods that take new clients.")
        Integer readyReplicas,

        @LabelSelector @JsonPropertyDescription("The pods' labels, for autoscalers.")
        String selector,

        @PrinterColumn(name = "Connections")
        @JsonPropertyDescription("Open connections of all nodes, as read from their /status a short time ago.")
        Integer connections,

        @PrinterColumn(name = "Message")
        @JsonPropertyDescription("What is wrong or going on, in words; empty when all is well.")
        String message,

        @Size(max = 1000) @JsonPropertyDescription("Each node.")
        List<NodeReport> nodes,

        @JsonPropertyDescription("Ready, Progressing, DependenciesReady, Paused, Degraded, ReconcileSuccess.")
        List<Condition> conditions,

        @JsonPropertyDescription("The number of nodes that connections were last evened out for.")
        Integer balancedReplicas) {

    public CollabClusterStatus {
        observedGeneration = Unset.or(observedGeneration, 0);
        replicas = Unset.or(replicas, 0);
        readyReplicas = Unset.or(readyReplicas, 0);
        selector = Unset.text(selector);
        connections = Unset.or(connections, 0);
        message = Unset.text(message);
        nodes = Unset.list(nodes);
        conditions = Unset.list(conditions);
        balancedReplicas = Unset.or(balancedReplicas, 0);
    }

    static CollabClusterStatus defaults() {
        return new CollabClusterStatus(null, null, null, null, null, null, null, null, null);
    }
}
