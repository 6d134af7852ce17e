package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;

/**
 * What a CollabCluster should be.
 *
 * @param unreadable what the schema let pass and isn't what it should be, each with its place; its block is as if left out.
 *     No field of the schema, but written with the others: the SDK copies resources by writing and reading them
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(SpecSchema.class)
@ValidationRule(
        value =
                "!has(self.autoscaling) || !self.autoscaling.enabled || self.autoscaling.cpuPercent == 0 || has(self.resources) && (has(self.resources.requests) && 'cpu' in self.resources.requests || has(self.resources.limits) && 'cpu' in self.resources.limits)",
        message = "autoscaling.cpuPercent is of the CPU that a node requests: name it below resources.requests")
@ValidationRule(
        value = VolumeRule.CEL,
        message =
                "the volume of the managed Redis can't be added, removed or changed: use another CollabCluster, or a Redis of your own")
public record CollabClusterSpec(
        @Default("2")
        @SpecReplicas
        @Min(0) @Max(1000) @JsonPropertyDescription("Nodes. With autoscaling, the autoscaler sets it.")
        Integer replicas,

        @Default("docker.io/collabcluster/collab-service")
        @Size(min = 1, max = 512) @JsonPropertyDescription("The nodes' image; with a tag or digest of its own, that one counts, and not version.")
        String image,

        @Default("0.1.0") @Pattern("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$") @JsonPropertyDescription("The image's tag.")
        String version,

        @Default("IfNotPresent") @JsonPropertyDescription("When the image is pulled.")
        PullPolicy imagePullPolicy,

        @Size(max = 10) @JsonPropertyDescription("Secrets to pull it with, and the managed Redis' image.")
        List<@Size(min = 1, max = 253) String> imagePullSecrets,

        @Required @JsonPropertyDescription("The Postgres that the nodes keep their data in.")
        DataSourceSpec dataSource,

        @JsonPropertyDescription("The Redis that joins the nodes. Left out: one that the operator runs.")
        RedisSpec redis,

        @JsonPropertyDescription("How people sign in.") AuthorizationSpec authorization,
        @JsonPropertyDescription("Options of Socket.IO.") SocketIoSpec socketio,

        @JsonPropertyDescription("How clients reach the nodes.")
        ExposureSpec exposure,

        @JsonPropertyDescription("How a node stops.") DrainSpec drain,

        @JsonPropertyDescription("Growing and shrinking by load.")
        AutoscalingSpec autoscaling,

        @JsonPropertyDescription("What happens to connections when the number of nodes changes.")
        BalancingSpec balancing,

        @JsonPropertyDescription("The nodes' requests and limits.")
        ResourceRequirements resources,

        @JsonPropertyDescription("Where the nodes' pods may run, and in part the managed Redis'.")
        SchedulingSpec scheduling,

        @JsonPropertyDescription("What is added to the nodes' pods.")
        PodSpec pod,

        @JsonPropertyDescription("What is made for Prometheus and Grafana.")
        MonitoringSpec monitoring,

        @JsonPropertyDescription("Who may connect to what.") NetworkPolicySpec networkPolicy,
        @JsonPropertyDescription("What the nodes log.") LoggingSpec logging,

        @JsonPropertyDescription(
                "More keys of config.json, as they stand there; what the operator sets itself is refused.")
        ObjectNode config,

        List<String> unreadable) {

    public CollabClusterSpec {
        replicas = Unset.or(replicas, 2);
        image = Unset.or(image, "docker.io/collabcluster/collab-service");
        version = Unset.or(version, "0.1.0");
        imagePullPolicy = Unset.or(imagePullPolicy, PullPolicy.IF_NOT_PRESENT);
        imagePullSecrets = Unset.list(imagePullSecrets);
        dataSource = Unset.or(dataSource, DataSourceSpec::defaults);
        redis = Unset.or(redis, RedisSpec::defaults);
        authorization = Unset.or(authorization, AuthorizationSpec::defaults);
        socketio = Unset.or(socketio, SocketIoSpec::defaults);
        exposure = Unset.or(exposure, ExposureSpec::defaults);
        drain = Unset.or(drain, DrainSpec::defaults);
        autoscaling = Unset.or(autoscaling, AutoscalingSpec::defaults);
        balancing = Unset.or(balancing, BalancingSpec::defaults);
        resources = Unset.or(resources, ResourceRequirements::new);
        scheduling = Unset.or(scheduling, SchedulingSpec::defaults);
        pod = Unset.or(pod, PodSpec::defaults);
        monitoring = Unset.or(monitoring, MonitoringSpec::defaults);
        networkPolicy = Unset.or(networkPolicy, NetworkPolicySpec::defaults);
        logging = Unset.or(logging, LoggingSpec::defaults);
        config = Unset.object(config);
        unreadable = Unset.list(unreadable);
    }

    static CollabClusterSpec defaults() {
        return new CollabClusterSpec(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null);
    }
}
