package io.collabcluster.operator.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.util.List;

/** A dashboard as Grafana's sidecar finds it: a ConfigMap with its label. */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class Dashboard extends OwnedResource<ConfigMap> {

    private record Panel(String title, String expression, String legend, String unit) {}

    private static final List<Panel> PANELS = List.of(
            new Panel("Connections", "sum by (pod) (collab_connections{$nodes})", "{{pod}}", "short"),
            new Panel(
                    "Connections opened and ended",
                    "sum(rate(collab_connections_opened_total{$nodes}[5m])) or sum by (reason)"
                            + " (rate(collab_disconnects_total{$nodes}[5m]))",
                    "{{reason}}",
                    "ops"),
            new Panel(
                    "Messages", "sum by (direction) (rate(collab_messages_total{$nodes}[5m]))", "{{direction}}", "ops"),
            new Panel("Bytes", "sum by (direction) (rate(collab_bytes_total{$nodes}[5m]))", "{{direction}}", "Bps"),
            new Panel("Event loop lag", "max by (pod) (collab_event_loop_lag_seconds{$nodes})", "{{pod}}", "s"),
            new Panel(
                    "Waiting for Postgres", "max by (pod) (collab_postgres_pool_waiting{$nodes})", "{{pod}}", "short"),
            new Panel("Rooms", "sum by (pod) (collab_rooms{$nodes})", "{{pod}}", "short"),
            new Panel("Refusals", "sum by (reason) (rate(collab_refusals_total{$nodes}[5m]))", "{{reason}}", "ops"));

    public Dashboard() {
        super(ConfigMap.class);
    }

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.dashboard(cluster);
    }

    @Override
    protected ConfigMap desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(cluster))
                .editMetadata()
                .addToLabels("grafana_dashboard", "1")
                .endMetadata()
                .addToData(Names.dashboard(cluster) + ".json", Serialization.asJson(json(cluster)) + "\n")
                .build();
    }

    private static ObjectNode json(CollabCluster cluster) {
        String name = cluster.getMetadata().getName();
        String namespace = cluster.getMetadata().getNamespace();
        String nodes = "namespace=\"%s\",service=\"%s\"".formatted(namespace, Names.nodes(cluster));
        ObjectNode dashboard = JsonNodeFactory.instance.objectNode();
        dashboard.put("title", "Collab Cluster " + namespace + "/" + name);
        dashboard.put("uid", "collab-" + Integer.toHexString((namespace + "/" + name).hashCode()));
        dashboard.put("schemaVersion", 39).put("refresh", "30s");
        dashboard.putArray("tags").add("collab-cluster");
        dashboard.putObject("time").put("from", "now-6h").put("to", "now");
        ArrayNode panels = dashboard.putArray("panels");
        for (int i = 0; i < PANELS.size(); i++) {
            panels.add(panel(i, PANELS.get(i), nodes));
        }
        return dashboard;
    }

    private static ObjectNode panel(int index, Panel panel, String nodes) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", index + 1).put("type", "timeseries").put("title", panel.title());
        json.putObject("gridPos")
                .put("w", 12)
                .put("h", 8)
                .put("x", index % 2 * 12)
                .put("y", index / 2 * 8);
        json.putObject("fieldConfig").putObject("defaults").put("unit", panel.unit());
        json.putArray("targets")
                .addObject()
                .put("refId", "A")
                .put("expr", panel.expression().replace("$nodes", nodes))
                .put("legendFormat", panel.legend());
        return json;
    }

    /** Where the specification asks for it. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.monitoring().dashboard();
        }
    }
}
