package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** What is made for Prometheus and Grafana. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!self.alerts || self.serviceMonitor",
        message = "alerts are about what the ServiceMonitor lets Prometheus read: set serviceMonitor to true, too")
public record MonitoringSpec(
        @Default("false") @JsonPropertyDescription("A ServiceMonitor, for the Prometheus operator.")
        Boolean serviceMonitor,

        @Default("false") @JsonPropertyDescription("A PrometheusRule with alerts; needs serviceMonitor.")
        Boolean alerts,

        @Default("false") @JsonPropertyDescription("A ConfigMap with a dashboard, which Grafana's sidecar finds.")
        Boolean dashboard,

        @Default("30") @Min(5) @Max(3600) @JsonPropertyDescription("How often it is read.")
        Integer intervalSeconds,

        @Size(max = 50) @JsonPropertyDescription(
                "Labels for the ServiceMonitor and the PrometheusRule, by which a Prometheus picks them.")
        Map<String, @Size(max = 63) String> labels) {

    public MonitoringSpec {
        serviceMonitor = Unset.or(serviceMonitor, false);
        alerts = Unset.or(alerts, false);
        dashboard = Unset.or(dashboard, false);
        intervalSeconds = Unset.or(intervalSeconds, 30);
        labels = Unset.map(labels);
    }

    static MonitoringSpec defaults() {
        return new MonitoringSpec(null, null, null, null, null);
    }
}
