package io.collabcluster.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterStatus;
import io.collabcluster.operator.api.NodeReport;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.scaling.Reading;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3600);

    private final CollabCluster cluster = Clusters.of();
    private Deployment deployment = deployment(2, 2);
    private List<Pod> pods = List.of(pod("a"), pod("b"));
    private Map<String, Reading> census = Map.of("a", running(3), "b", running(4));
    private List<String> missing = List.of();
    private List<String> needed = List.of();
    private List<String> failures = List.of();
    private StatefulSet redis = redis(1);
    private Optional<HorizontalPodAutoscaler> autoscaler = Optional.empty();

    @Test
    void aWellClusterSaysNothing() {
        CollabClusterStatus status = status(NOON);
        assertThat(status.message()).isEmpty();
        assertThat(status.connections()).isEqualTo(7);
        assertThat(verdicts(status))
                .isEqualTo(Map.of(
                        "Ready", "True",
                        "Progressing", "False",
                        "DependenciesReady", "True",
                        "Degraded", "False",
                        "Paused", "False",
                        "ReconcileSuccess", "True"));
    }

    @Test
    void timesOfTransitionStayUntilTheConditionTurns() {
        cluster.setStatus(status(NOON));
        assertThat(status(LATER)).isEqualTo(cluster.getStatus());
        deployment = deployment(2, 1);
        CollabClusterStatus worse = status(LATER);
        assertThat(condition(worse, "Ready").getLastTransitionTime()).isEqualTo(LATER.toString());
        assertThat(condition(worse, "Paused").getLastTransitionTime()).isEqualTo(NOON.toString());
    }

    @Test
    void everyConditionSaysWhichGenerationItIsAbout() {
        cluster.getMetadata().setGeneration(7L);
        assertThat(status(NOON).conditions()).allSatisfy(condition -> assertThat(condition.getObservedGeneration())
                .isEqualTo(7));
        assertThat(status(NOON).observedGeneration()).isEqualTo(7);
    }

    @Test
    void aCrashSaysTheContainersLastWords() {
        deployment = deployment(2, 1);
        pods = List.of(pod("a"), crashed("config.json: limits.pageSize: must be a whole number from 1 to 10000\n"));
        assertThat(status(NOON).message())
                .isEqualTo("1 of 2 nodes are ready; b: CrashLoopBackOff: config.json: limits.pageSize: must be a whole"
                        + " number from 1 to 10000");
    }

    /** What {@code collab serve} prints: kubectl shows no more of a column than its first line. */
    @Test
    void theFaultsOfAConfigurationAreOnOneLine() {
        deployment = deployment(2, 1);
        pods = List.of(pod("a"), crashed("""
                Picked up JAVA_TOOL_OPTIONS: -Xmx512m
                The configuration has one fault:
                WHERE                         KEY              WRONG  RIGHT
                /etc/collab/config.json:2:26  limits.pageSize  got 0  a whole number from 1 to 10000
                """));
        census = Map.of("a", running(3));
        String fault = "b: CrashLoopBackOff: The configuration has one fault: WHERE KEY WRONG RIGHT;"
                + " /etc/collab/config.json:2:26 limits.pageSize got 0 a whole number from 1 to 10000";
        assertThat(status(NOON).message()).isEqualTo("1 of 2 nodes are ready; " + fault);
        assertThat(status(NOON).nodes().get(1).reason()).isEqualTo(fault);
    }

    @Test
    void theStackOfACrashIsLeftAway() {
        pods = List.of(crashed("java.lang.IllegalStateException: no folder\r\n\tat a.b.C.d(C.java:1)\n"
                + "Caused by: java.io.IOException: full\n\t... 3 more\n"));
        assertThat(condition(status(NOON), "Degraded").getMessage())
                .isEqualTo("b: CrashLoopBackOff: java.lang.IllegalStateException: no folder;"
                        + " Caused by: java.io.IOException: full");
    }

    /** Of the machine's options alone nobody learns anything. */
    @Test
    void aCrashWithoutWordsSaysWhatKubernetesDoes() {
        pods = List.of(crashed("Picked up JAVA_TOOL_OPTIONS: -Xmx512m\n"));
        assertThat(condition(status(NOON), "Degraded").getMessage())
                .isEqualTo("b: CrashLoopBackOff: back-off 5m0s restarting failed container");
    }

    /** A table of faults says what it is at its beginning; a log says why it ends at its end. */
    @Test
    void ofManyWordsTheFirstAndTheLastAreKept() {
        pods = List.of(crashed("first\n" + "x".repeat(4000) + "\nlast"));
        Condition degraded = condition(status(NOON), "Degraded");
        assertThat(degraded.getMessage())
                .startsWith("b: CrashLoopBackOff: first; xx")
                .endsWith("xx; last");
        assertThat(degraded.getMessage()).hasSizeBetween(1000, 1010);
    }

    @Test
    void whatAnApiServerSaysOnSeveralLinesIsOnOneLineToo() {
        failures = List.of("Ingress: it is refused:\n* spec.rules: one\n* spec.tls: two");
        assertThat(status(NOON).message()).isEqualTo("Ingress: it is refused: * spec.rules: one; * spec.tls: two");
    }

    /** Its pod runs, as Kubernetes sees it, and its start-up probe has not succeeded since. */
    @Test
    void aNodeThatCrashesInPlaceOfStartingSaysWhy() {
        pods = List.of(pod("a"), crashed("config.json: limits.pageSize: is no number"));
        census = Map.of("a", running(3), "b", new Reading.Unreachable("/status can't be read: Connection refused"));
        assertThat(status(NOON).nodes())
                .extracting(NodeReport::state, NodeReport::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("running", ""),
                        org.assertj.core.groups.Tuple.tuple(
                                "starting", "b: CrashLoopBackOff: config.json: limits.pageSize: is no number"));
    }

    /** Its start-up probe had succeeded before. */
    @Test
    void aNodeThatCrashedSaysMoreThanThatItIsSilent() {
        Pod crashed = new PodBuilder(crashed("out of memory"))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(true)
                .endContainerStatus()
                .endStatus()
                .build();
        pods = List.of(pod("a"), crashed);
        census = Map.of("a", running(3), "b", new Reading.Unreachable("/status can't be read: Connection refused"));
        NodeReport report = status(NOON).nodes().get(1);
        assertThat(report.state()).isEqualTo("unreachable");
        assertThat(report.reason()).isEqualTo("b: CrashLoopBackOff: out of memory");
    }

    /** A thousand nodes that say all would be more than an API server stores. */
    @Test
    void whatANodeSaysOfACrashIsBounded() {
        pods = List.of(crashed("x".repeat(4096)));
        census = Map.of("b", new Reading.Unreachable("/status can't be read: Connection refused"));
        assertThat(status(NOON).nodes().getFirst().reason()).hasSizeBetween(500, 510);
    }

    private static Pod crashed(String lastWords) {
        return new PodBuilder(pod("b"))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(false)
                .withNewState()
                .withNewWaiting("back-off 5m0s restarting failed container", "CrashLoopBackOff")
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withMessage(lastWords)
                .endTerminated()
                .endLastState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** It waits, runs and ends in turns; else Degraded would turn with it, and each time there would be an Event. */
    @Test
    void aLoopOfCrashesIsTroubleInEachOfItsTurns() {
        ContainerState ended = ended(137, "OOMKilled", "out of memory");
        ContainerState running =
                new ContainerStateBuilder().withNewRunning().endRunning().build();
        ContainerState waiting = new ContainerStateBuilder()
                .withNewWaiting("back-off 10s", "CrashLoopBackOff")
                .build();
        assertThat(degraded(ended, new ContainerState())).isEqualTo("b: OOMKilled (exit code 137): out of memory");
        assertThat(degraded(running, ended)).isEqualTo("b: OOMKilled (exit code 137): out of memory");
        assertThat(degraded(waiting, ended)).isEqualTo("b: CrashLoopBackOff: OOMKilled (exit code 137): out of memory");
        assertThat(degraded(running, ended(2, null, null))).isEqualTo("b: exit code 2");
    }

    @Test
    void whatHasEndedInOrderOrStartsForTheFirstTimeIsNoTrouble() {
        String well = "nothing is wrong with any node";
        ContainerState running =
                new ContainerStateBuilder().withNewRunning().endRunning().build();
        assertThat(degraded(running, new ContainerState())).isEqualTo(well);
        assertThat(degraded(running, ended(0, "Completed", "bye"))).isEqualTo(well);
        assertThat(degraded(ended(0, "Completed", "bye"), new ContainerState())).isEqualTo(well);
    }

    @Test
    void aContainerThatHasStartedAgainIsNoTroubleAnyMore() {
        pods = List.of(new PodBuilder(container(
                        new ContainerStateBuilder()
                                .withNewRunning()
                                .endRunning()
                                .build(),
                        ended(137, "OOMKilled", "out of memory")))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(true)
                .endContainerStatus()
                .endStatus()
                .build());
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("False");
    }

    /** It stays in the list, next to the one in its place. */
    @Test
    void aPodThatItsMachineHasThrownOutIsNoTrouble() {
        pods = List.of(
                pod("a"),
                new PodBuilder(container(ended(137, "Error", ""), new ContainerState()))
                        .editStatus()
                        .withPhase("Failed")
                        .withReason("Evicted")
                        .endStatus()
                        .build());
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("False");
    }

    private String degraded(ContainerState now, ContainerState last) {
        pods = List.of(pod("a"), container(now, last));
        return condition(status(NOON), "Degraded").getMessage();
    }

    private static Pod container(ContainerState now, ContainerState last) {
        return new PodBuilder(pod("b"))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(false)
                .withState(now)
                .withLastState(last)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static ContainerState ended(int code, String reason, String lastWords) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withReason(reason)
                .withMessage(lastWords)
                .endTerminated()
                .build();
    }

    @Test
    void aPodThatNoMachineTakesIsTrouble() {
        deployment = deployment(2, 1);
        Pod waiting = new PodBuilder(pod("b"))
                .editStatus()
                .addNewCondition()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient cpu.")
                .endCondition()
                .endStatus()
                .build();
        pods = List.of(waiting);
        assertThat(condition(status(NOON), "Degraded").getMessage())
                .isEqualTo("b: Unschedulable: 0/3 nodes are available: 3 Insufficient cpu.");
    }

    /** A quota, the pod security of a namespace, a PriorityClass that isn't there. */
    @Test
    void whyNoPodCanBeMadeIsSaidInTheListOfAll() {
        String why = "pods \"demo-5d8f7-\" is forbidden: exceeded quota: small";
        deployment = new DeploymentBuilder(deployment(2, 0))
                .editStatus()
                .addNewCondition()
                .withType("ReplicaFailure")
                .withStatus("True")
                .withReason("FailedCreate")
                .withMessage(why)
                .endCondition()
                .endStatus()
                .build();
        pods = List.of();
        census = Map.of();
        CollabClusterStatus status = status(NOON);
        assertThat(status.message()).isEqualTo("0 of 2 nodes are ready; " + why);
        assertThat(condition(status, "Degraded").getMessage()).isEqualTo(why);
    }

    @Test
    void aContainerThatIsBeingMadeIsNoTrouble() {
        pods = List.of(new PodBuilder(pod("a"))
                .editStatus()
                .addNewContainerStatus()
                .withNewState()
                .withNewWaiting(null, "ContainerCreating")
                .endState()
                .endContainerStatus()
                .endStatus()
                .build());
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("False");
    }

    @Test
    void pausedNodesTellTheirReasonOnce() {
        var paused =
                new Reading.Answered("paused", "The following dependent services are unavailable: DB Service", 3, "1");
        census = Map.of("a", paused, "b", paused);
        Condition dependencies = condition(status(NOON), "DependenciesReady");
        assertThat(dependencies.getStatus()).isEqualTo("False");
        assertThat(dependencies.getMessage()).isEqualTo(paused.reason());
        assertThat(condition(status(NOON), "Degraded").getMessage()).startsWith("a is paused: ");
    }

    /** Kubernetes counts them as ready: they keep their clients. */
    @Test
    void pausedNodesTakeNoNewClientsAndThatIsSaidFirst() {
        census = Map.of("a", running(3), "b", new Reading.Answered("paused", "Redis Server is away", 3, "1"));
        CollabClusterStatus status = status(NOON);
        assertThat(condition(status, "Ready").getReason()).isEqualTo("NodesPaused");
        assertThat(status.message()).isEqualTo("2 of 2 nodes are ready, but 1 paused; Redis Server is away");
    }

    /** A node that collects garbage takes longer than the operator waits, now and then. */
    @Test
    void aNodeIsUnreachableOnceItHasMissedTwiceInARow() {
        cluster.setStatus(status(NOON));
        census = Map.of("a", running(1), "b", new Reading.Unreachable("/status answers 500"));
        CollabClusterStatus once = status(LATER);
        assertThat(once.nodes().get(1)).isEqualTo(new NodeReport("b", "running", "", 4, "1", true));
        assertThat(once.connections()).isEqualTo(5);
        assertThat(condition(once, "Degraded").getStatus()).isEqualTo("False");

        cluster.setStatus(once);
        CollabClusterStatus twice = status(LATER);
        assertThat(twice.nodes().get(1))
                .isEqualTo(new NodeReport("b", "unreachable", "/status answers 500", 4, "", true));
        assertThat(twice.connections()).isEqualTo(1);
        assertThat(condition(twice, "Degraded").getMessage()).isEqualTo("b: /status answers 500");

        cluster.setStatus(twice);
        assertThat(status(LATER)).isEqualTo(twice);
        census = Map.of("a", running(1), "b", running(2));
        CollabClusterStatus back = status(LATER);
        assertThat(back.nodes().get(1)).isEqualTo(new NodeReport("b", "running", "", 2, "1", false));
        assertThat(condition(back, "Degraded").getStatus()).isEqualTo("False");
    }

    @Test
    void aPausedNodeThatMissesOnceIsPausedStill() {
        var paused = new Reading.Answered("paused", "Redis Server is away", 3, "1");
        census = Map.of("a", paused, "b", paused);
        CollabClusterStatus before = status(NOON);
        cluster.setStatus(before);
        var silent = new Reading.Unreachable("/status does not answer in time");
        census = Map.of("a", silent, "b", silent);
        assertThat(status(LATER).conditions()).isEqualTo(before.conditions());
    }

    @Test
    void ofNodesThatWereNeverHeardTheSecondSilenceCountsToo() {
        var silent = new Reading.Unreachable("/status does not answer in time");
        census = Map.of("a", silent, "b", silent);
        CollabClusterStatus once = status(NOON);
        assertThat(once.nodes().getFirst())
                .isEqualTo(new NodeReport("a", "Running", "/status does not answer in time", 0, "", true));
        assertThat(condition(once, "DependenciesReady").getReason()).isEqualTo("NoAnswer");
        assertThat(condition(once, "Degraded").getStatus()).isEqualTo("False");
        cluster.setStatus(once);
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("True");
    }

    /** It doesn't listen yet, or any more: every rollout would be a Warning else. */
    @Test
    void aNodeThatComesOrGoesNeedNotAnswer() {
        Pod starting = new PodBuilder(pod("a"))
                .editStatus()
                .editFirstContainerStatus()
                .withStarted(false)
                .endContainerStatus()
                .endStatus()
                .build();
        Pod going = new PodBuilder(pod("b"))
                .editMetadata()
                .withDeletionTimestamp(NOON.toString())
                .endMetadata()
                .build();
        pods = List.of(starting, going);
        var silent = new Reading.Unreachable("/status can't be read: Connection refused");
        census = Map.of("a", silent, "b", silent);
        CollabClusterStatus status = status(NOON);
        assertThat(condition(status, "Degraded").getStatus()).isEqualTo("False");
        assertThat(status.nodes()).extracting(NodeReport::state).containsExactly("starting", "draining");
        assertThat(status.nodes()).extracting(NodeReport::reason).containsOnly("");
    }

    @Test
    void whatIsMissingComesFirst() {
        missing = List.of("there is no Secret demo-db");
        deployment = deployment(2, 0);
        assertThat(status(NOON).message()).isEqualTo("there is no Secret demo-db");
    }

    @Test
    void whatWasNotWrittenIsNotCalledASuccess() {
        missing = List.of("there is no IngressClass fast (spec.exposure.className)");
        assertThat(condition(status(NOON), "ReconcileSuccess").getStatus()).isEqualTo("True");
        needed = List.of("there is no Secret demo-db");
        Condition unwritten = condition(status(NOON), "ReconcileSuccess");
        assertThat(unwritten.getStatus()).isEqualTo("Unknown");
        assertThat(unwritten.getReason()).isEqualTo("NotWritten");
        assertThat(unwritten.getMessage())
                .isEqualTo("nothing is written until this is there: there is no Secret demo-db");
    }

    @Test
    void whilePausedNobodyKnowsWhetherItCouldBeWritten() {
        cluster.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));
        Condition paused = condition(status(NOON), "ReconcileSuccess");
        assertThat(paused.getStatus()).isEqualTo("Unknown");
        assertThat(paused.getReason()).isEqualTo("Paused");
        assertThat(paused.getMessage()).contains(Annotations.PAUSED);
    }

    @Test
    void aRedisThatIsNotReadyIsNamed() {
        redis = redis(0);
        assertThat(condition(status(NOON), "DependenciesReady").getReason()).isEqualTo("RedisNotReady");
    }

    @Test
    void aFailureToWriteIsSaid() {
        failures = List.of("Ingress: the operator may not");
        CollabClusterStatus status = status(NOON);
        assertThat(condition(status, "ReconcileSuccess").getStatus()).isEqualTo("False");
        assertThat(status.message()).isEqualTo("Ingress: the operator may not");
    }

    @Test
    void aRolloutProgresses() {
        deployment = new DeploymentBuilder(deployment(2, 2))
                .editStatus()
                .withUpdatedReplicas(1)
                .endStatus()
                .build();
        Condition progressing = condition(status(NOON), "Progressing");
        assertThat(progressing.getStatus()).isEqualTo("True");
        assertThat(progressing.getMessage()).isEqualTo("1 of 2 nodes are up to date");
    }

    /** Kubernetes doesn't count them any more, though they have clients still. */
    @Test
    void nodesThatWereToldToGoAreDraining() {
        Pod going = new PodBuilder(pod("c"))
                .editMetadata()
                .withDeletionTimestamp(NOON.toString())
                .endMetadata()
                .build();
        pods = List.of(pod("a"), pod("b"), going);
        Condition progressing = condition(status(NOON), "Progressing");
        assertThat(progressing.getReason()).isEqualTo("Draining");
        assertThat(progressing.getMessage()).isEqualTo("1 node is on its way out");
        assertThat(status(NOON).message()).isEqualTo("1 node is on its way out");
        deployment = new DeploymentBuilder(deployment(2, 2))
                .editStatus()
                .withReplicas(3)
                .endStatus()
                .build();
        assertThat(condition(status(NOON), "Progressing").getMessage()).isEqualTo("2 nodes are on their way out");
    }

    @Test
    void aRolloutThatHasStoppedDoesNotProgress() {
        deployment = new DeploymentBuilder(deployment(2, 1))
                .editStatus()
                .addNewCondition()
                .withType("Progressing")
                .withStatus("False")
                .withReason("ProgressDeadlineExceeded")
                .endCondition()
                .endStatus()
                .build();
        assertThat(condition(status(NOON), "Progressing").getReason()).isEqualTo("DeadlineExceeded");
    }

    @Test
    void zeroNodesAreReadyWhenNoneIsWanted() {
        CollabCluster none = Clusters.of("replicas: 0");
        var seen = new Observation(
                none,
                Optional.of(deployment(0, 0)),
                Optional.of(redis),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        CollabClusterStatus status = new StatusComposer(Clock.fixed(NOON, ZoneOffset.UTC)).compose(seen, 0);
        assertThat(condition(status, "Ready").getReason()).isEqualTo("ScaledToZero");
        assertThat(condition(status, "DependenciesReady").getStatus()).isEqualTo("True");
    }

    @Test
    void anAutoscalerThatHasNoMetricIsSaid() {
        autoscaler = Optional.of(autoscaler("FailedGetPodsMetric", "unable to fetch metrics from custom metrics API"));
        Condition degraded = condition(status(NOON), "Degraded");
        assertThat(degraded.getStatus()).isEqualTo("True");
        assertThat(degraded.getMessage())
                .isEqualTo("the autoscaler can't scale: unable to fetch metrics from custom metrics API");
        assertThat(condition(status(NOON), "Ready").getStatus()).isEqualTo("True");
        autoscaler = Optional.of(autoscaler("ScalingDisabled", "the target has no replicas"));
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("False");
        autoscaler = Optional.of(new HorizontalPodAutoscaler());
        assertThat(condition(status(NOON), "Degraded").getStatus()).isEqualTo("False");
    }

    private static HorizontalPodAutoscaler autoscaler(String reason, String message) {
        return new HorizontalPodAutoscalerBuilder()
                .withNewStatus()
                .addNewCondition(null, message, reason, "False", "ScalingActive")
                .addNewCondition(null, "not at a bound", "DesiredWithinRange", "False", "ScalingLimited")
                .endStatus()
                .build();
    }

    @Test
    void onlyTurnsAreTold() {
        CollabClusterStatus well = status(NOON);
        assertThat(Happening.between(Optional.empty(), well))
                .extracting(Happening::reason)
                .containsExactly("Ready");
        assertThat(Happening.between(Optional.of(well), well)).isEmpty();
        deployment = deployment(2, 1);
        CollabClusterStatus worse = status(LATER);
        assertThat(Happening.between(Optional.of(well), worse))
                .extracting(Happening::reason, Happening::warning)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("NotReady", true));
        assertThat(Happening.between(Optional.of(worse), well))
                .extracting(Happening::reason)
                .containsExactly("Ready");
    }

    @Test
    void aPauseIsSaidInTheListOfAll() {
        cluster.getMetadata().setAnnotations(Map.of(Annotations.PAUSED, "true"));
        assertThat(status(NOON).message()).contains("the operator changes nothing");
    }

    @Test
    void aMessageIsBounded() {
        failures = List.of("x".repeat(10_000));
        assertThat(condition(status(NOON), "ReconcileSuccess").getMessage()).hasSizeLessThan(2_010);
    }

    private CollabClusterStatus status(Instant now) {
        var seen = new Observation(
                cluster,
                Optional.of(deployment),
                Optional.of(redis),
                autoscaler,
                pods,
                List.of(),
                census,
                missing,
                needed,
                List.of(),
                failures);
        return new StatusComposer(Clock.fixed(now, ZoneOffset.UTC)).compose(seen, 2);
    }

    private static Condition condition(CollabClusterStatus status, String type) {
        return StatusComposer.find(status, type).orElseThrow();
    }

    private static Map<String, String> verdicts(CollabClusterStatus status) {
        return status.conditions().stream()
                .collect(java.util.stream.Collectors.toMap(Condition::getType, Condition::getStatus));
    }

    private static Reading running(int connections) {
        return new Reading.Answered("running", "", connections, "1");
    }

    private static Deployment deployment(int replicas, int ready) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(1L)
                .withReplicas(replicas)
                .withUpdatedReplicas(replicas)
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }

    private static StatefulSet redis(int ready) {
        return new StatefulSetBuilder()
                .withNewStatus()
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }

    private static Pod pod(String name) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewContainerStatus()
                .withName("server")
                .withStarted(true)
                .endContainerStatus()
                .endStatus()
                .build();
    }
}
