package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.pod.ConfigJson;
import io.collabcluster.operator.pod.SpecFault;
import io.collabcluster.operator.pod.TemplateOverride;
import io.collabcluster.operator.resource.ApiServed;
import io.collabcluster.operator.resource.ClientService;
import io.collabcluster.operator.resource.Dashboard;
import io.collabcluster.operator.resource.InternalSecret;
import io.collabcluster.operator.resource.NodesService;
import io.collabcluster.operator.resource.RedisConfig;
import io.collabcluster.operator.resource.RedisNetworkPolicy;
import io.collabcluster.operator.resource.RedisService;
import io.collabcluster.operator.resource.RedisStatefulSet;
import io.collabcluster.operator.resource.RedisWanted;
import io.collabcluster.operator.resource.ServerAccount;
import io.collabcluster.operator.resource.ServerAlerts;
import io.collabcluster.operator.resource.ServerAutoscaler;
import io.collabcluster.operator.resource.ServerConfig;
import io.collabcluster.operator.resource.ServerDeployment;
import io.collabcluster.operator.resource.ServerDisruptionBudget;
import io.collabcluster.operator.resource.ServerIngress;
import io.collabcluster.operator.resource.ServerMonitor;
import io.collabcluster.operator.resource.ServerNetworkPolicy;
import io.collabcluster.operator.resource.ServerRoute;
import io.collabcluster.operator.scaling.Reading;
import io.collabcluster.operator.status.Happening;
import io.collabcluster.operator.status.Observation;
import io.collabcluster.operator.status.StatusComposer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes of a CollabCluster what it says, and of what there is its status. Does the same whatever it was called for. */
@Workflow(
        explicitInvocation = true,
        handleExceptionsInReconciler = true,
        dependents = {
            // What pods read comes before the pods: else they would start without it, or be replaced at once.
            @Dependent(name = "account", type = ServerAccount.class),
            @Dependent(name = "config", type = ServerConfig.class, useEventSourceWithName = EventSources.CONFIG_MAPS),
            @Dependent(
                    name = "internal-secret",
                    type = InternalSecret.class,
                    useEventSourceWithName = EventSources.SECRETS),
            @Dependent(
                    name = "redis-config",
                    type = RedisConfig.class,
                    useEventSourceWithName = EventSources.SECRETS,
                    dependsOn = "internal-secret",
                    reconcilePrecondition = RedisWanted.class),
            @Dependent(
                    name = "redis-service",
                    type = RedisService.class,
                    useEventSourceWithName = EventSources.SERVICES,
                    reconcilePrecondition = RedisWanted.class),
            @Dependent(
                    name = "redis",
                    type = RedisStatefulSet.class,
                    dependsOn = {"account", "redis-config"},
                    reconcilePrecondition = RedisWanted.class),
            @Dependent(
                    name = "redis-policy",
                    type = RedisNetworkPolicy.class,
                    useEventSourceWithName = EventSources.NETWORK_POLICIES,
                    reconcilePrecondition = RedisNetworkPolicy.Wanted.class),
            @Dependent(
                    name = "server",
                    type = ServerDeployment.class,
                    dependsOn = {"account", "config", "internal-secret"}),
            @Dependent(name = "clients", type = ClientService.class, useEventSourceWithName = EventSources.SERVICES),
            @Dependent(name = "nodes", type = NodesService.class, useEventSourceWithName = EventSources.SERVICES),
            @Dependent(
                    name = "ingress",
                    type = ServerIngress.class,
                    reconcilePrecondition = ServerIngress.Wanted.class),
            @Dependent(
                    name = "route",
                    type = ServerRoute.class,
                    activationCondition = ApiServed.class,
                    reconcilePrecondition = ServerRoute.Wanted.class),
            @Dependent(name = "budget", type = ServerDisruptionBudget.class),
            @Dependent(
                    name = "autoscaler",
                    type = ServerAutoscaler.class,
                    reconcilePrecondition = ServerAutoscaler.Wanted.class),
            @Dependent(
                    name = "policy",
                    type = ServerNetworkPolicy.class,
                    useEventSourceWithName = EventSources.NETWORK_POLICIES,
                    reconcilePrecondition = ServerNetworkPolicy.Wanted.class),
            @Dependent(
                    name = "monitor",
                    type = ServerMonitor.class,
                    activationCondition = ApiServed.class,
                    reconcilePrecondition = ServerMonitor.Wanted.class),
            @Dependent(
                    name = "alerts",
                    type = ServerAlerts.class,
                    activationCondition = ApiServed.class,
                    reconcilePrecondition = ServerAlerts.Wanted.class),
            @Dependent(
                    name = "dashboard",
                    type = Dashboard.class,
                    useEventSourceWithName = EventSources.CONFIG_MAPS,
                    reconcilePrecondition = Dashboard.Wanted.class),
        })
@ControllerConfiguration(
        name = "collabcluster",
        generationAwareEventProcessing = false,
        // The SDK can lose a change that comes while it writes the status, as long as it compares versions.
        informer = @Informer(onUpdateFilter = WrittenByPeople.class, comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 2000, maxInterval = 300_000)
public class CollabClusterReconciler implements Reconciler<CollabCluster> {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN_SOON = Duration.ofSeconds(5);

    private final Resizing resizing;
    private final Balancing balancing;
    private final EventJournal journal;
    private final StatusComposer composer;
    private final Clock clock;

    CollabClusterReconciler(Resizing resizing, Balancing balancing, EventJournal journal, Clock clock) {
        this.resizing = resizing;
        this.balancing = balancing;
        this.journal = journal;
        this.composer = new StatusComposer(clock);
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, CollabCluster>> prepareEventSources(EventSourceContext<CollabCluster> context) {
        return new EventSources(context).all();
    }

    @Override
    public UpdateControl<CollabCluster> reconcile(CollabCluster cluster, Context<CollabCluster> context) {
        if (cluster.isMarkedForDeletion()) {
            return UpdateControl.noUpdate();
        }
        List<String> faults = faults(cluster);
        var dependencies = new Dependencies(cluster, context, clock.instant());
        List<String> needed = dependencies.missingForNodes();
        boolean mayWrite = !cluster.paused() && faults.isEmpty() && needed.isEmpty();
        List<String> failures = mayWrite ? write(cluster, context) : List.of();

        List<Pod> pods = pods(context, Labels.SERVER);
        Map<String, Reading> census = resizing.census(pods);
        Optional<Deployment> deployment = owned(context, Deployment.class, cluster);
        var seen = new Observation(
                cluster,
                deployment,
                owned(context, StatefulSet.class, cluster),
                owned(context, HorizontalPodAutoscaler.class, cluster),
                pods,
                pods(context, Labels.REDIS),
                census,
                dependencies.missing(),
                needed,
                faults,
                failures);
        var balance =
                balancing.afterGrowth(cluster, deployment, pods, census, context.getSecondaryResources(Secret.class));
        CollabClusterStatus status = composer.compose(seen, balance.replicas());
        journal.write(
                cluster,
                Stream.concat(Happening.between(cluster.observed(), status).stream(), balance.happenings().stream())
                        .toList(),
                context.getClient());
        if (!failures.isEmpty()) {
            throw new ReconcileFailure(String.join("; ", failures), status);
        }
        return update(cluster, status);
    }

    private static List<String> faults(CollabCluster cluster) {
        var faults = new ArrayList<SpecFault>(new ConfigJson(cluster).faults());
        faults.addAll(new TemplateOverride(cluster.getSpec().pod().template()).faults());
        return Stream.concat(
                        cluster.getSpec().unreadable().stream(), faults.stream().map(SpecFault::toString))
                .toList();
    }

    /** All objects; what can't be written is returned in words. */
    private List<String> write(CollabCluster cluster, Context<CollabCluster> context) {
        List<String> unwritten = resizing.beforeShrink(
                cluster, owned(context, Deployment.class, cluster), pods(context, Labels.SERVER), context.getClient());
        if (!unwritten.isEmpty()) {
            return unwritten;
        }
        var objects = context.managedWorkflowAndDependentResourceContext();
        try {
            return Failures.of(objects.reconcileManagedWorkflow());
        } catch (OperatorException e) {
            // The extension lets it through, in spite of handleExceptionsInReconciler.
            return Failures.of(objects.getWorkflowReconcileResult().orElseThrow(() -> e));
        }
    }

    private static <R extends HasMetadata> Optional<R> owned(
            Context<CollabCluster> context, Class<R> kind, CollabCluster cluster) {
        return context.getSecondaryResources(kind).stream()
                .filter(object -> object.hasOwnerReferenceFor(cluster))
                .findFirst();
    }

    private static List<Pod> pods(Context<CollabCluster> context, String component) {
        return context.getSecondaryResources(Pod.class).stream()
                .filter(pod -> component.equals(pod.getMetadata().getLabels().get(Labels.COMPONENT)))
                .toList();
    }

    /** Nothing is written when nothing has changed. */
    private static UpdateControl<CollabCluster> update(CollabCluster cluster, CollabClusterStatus status) {
        boolean settled = status.conditions().stream()
                .noneMatch(condition -> condition.getType().equals("Ready")
                                && !condition.getStatus().equals("True")
                        || condition.getType().equals("Progressing")
                                && condition.getStatus().equals("True"));
        // Whether it is silent for good is said after the second look only.
        boolean missed = status.nodes().stream()
                .anyMatch(node -> node.silent() && !node.state().equals("unreachable"));
        UpdateControl<CollabCluster> control =
                cluster.observed().filter(status::equals).isPresent()
                        ? UpdateControl.noUpdate()
                        : UpdateControl.patchStatus(bare(cluster, status));
        return control.rescheduleAfter(settled && !missed ? LOOK_AGAIN : LOOK_AGAIN_SOON);
    }

    @Override
    public ErrorStatusUpdateControl<CollabCluster> updateErrorStatus(
            CollabCluster cluster, Context<CollabCluster> context, Exception failure) {
        // What measures the operator wraps what it throws.
        Optional<CollabClusterStatus> status = Stream.<Throwable>iterate(
                        failure, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(ReconcileFailure.class::isInstance)
                .findFirst()
                .flatMap(known -> ((ReconcileFailure) known).status());
        return status.filter(now -> !cluster.observed().filter(now::equals).isPresent())
                .map(now -> ErrorStatusUpdateControl.patchStatus(bare(cluster, now)))
                .orElseGet(ErrorStatusUpdateControl::noStatusUpdate);
    }

    /** A server-side apply owns what it sends: no more than the status. */
    private static CollabCluster bare(CollabCluster cluster, CollabClusterStatus status) {
        var bare = new CollabCluster();
        bare.setMetadata(new ObjectMetaBuilder()
                .withName(cluster.getMetadata().getName())
                .withNamespace(cluster.getMetadata().getNamespace())
                .build());
        bare.setStatus(status);
        return bare;
    }
}
