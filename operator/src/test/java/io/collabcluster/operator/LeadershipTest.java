package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.operator.chart.Chart;
import io.collabcluster.operator.fake.Clusters;
import io.collabcluster.operator.fake.Contexts;
import io.collabcluster.operator.fake.FakeApiServer;
import io.collabcluster.operator.fake.FakeCluster;
import io.collabcluster.operator.fake.FakeNodes;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.Operator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two replicas of the operator, with the rights that the chart gives them for their lease. */
class LeadershipTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String LEASE = "release";

    private final FakeCluster cluster = new FakeCluster();
    private final FakeApiServer api = cluster.api();
    private final List<PolicyRule> rights = Chart.of(Chart.render(), Role.class).stream()
            .filter(role -> role.getMetadata().getName().equals("release-lease"))
            .flatMap(role -> role.getRules().stream())
            .toList();
    private final List<Operator> operators = new ArrayList<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();
    private KubernetesClient client;

    @BeforeEach
    void start() {
        cluster.start();
        client = cluster.client();
        api.grant(rights);
        client.resource(Contexts.secret("demo-db", Map.of("username", "collab", "password", "one")))
                .create();
    }

    @AfterEach
    void stop() {
        operators.forEach(Operator::stop);
        cluster.stop();
    }

    @Test
    void onlyOneWorksAndWhenItStopsTheOtherCatchesUp() {
        Operator first = operator("first", Duration.ofSeconds(60));
        await().atMost(DEADLINE).until(() -> holder().equals(Optional.of("first")));
        operator("second", Duration.ofSeconds(60));
        Clusters.resource(client, Clusters.raw()).create();
        nodes(2);
        client.services().inNamespace("team").withName("demo").delete();
        await().atMost(DEADLINE).until(this::isServed);
        assertThat(api.writers()).containsExactly("first");

        // Until something has changed that neither of the two has seen to.
        api.refuse("PATCH", ".*/leases/.*", 409);
        first.stop();
        assertThat(ended).containsExactly("first");
        assertThat(holder()).isEmpty();
        Clusters.replace(client, "replicas: 3");
        client.services().inNamespace("team").withName("demo").delete();
        assertThat(api.writers()).containsExactly("first");
        api.refuseNothing();
        nodes(3);
        await().atMost(DEADLINE).until(this::isServed);
        assertThat(holder()).contains("second");
        assertThat(api.writers()).containsExactlyInAnyOrder("first", "second");
        assertThat(api.asked().stream().filter(right -> right.group().equals("coordination.k8s.io")))
                .isNotEmpty()
                .allMatch(right -> rights.stream().anyMatch(right::grantedBy));
    }

    /** Its lease runs out. */
    @Test
    void aLeaderThatIsCutOffEndsAndTheOtherTakesOver() {
        operator("first", Duration.ofSeconds(10));
        await().atMost(DEADLINE).until(() -> holder().equals(Optional.of("first")));
        operator("second", Duration.ofSeconds(10));
        Clusters.resource(client, Clusters.raw()).create();
        nodes(2);
        api.cutOff("first");
        Clusters.replace(client, "replicas: 3");
        nodes(3);
        assertThat(holder()).contains("second");
        await().atMost(DEADLINE).until(() -> ended.contains("first"));
    }

    /** One that answers nothing, ever: its client would ask again and again. */
    @Test
    @Timeout(60)
    void aLeaderEndsAlsoWhereItCanNotGiveTheLeaseBack() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var own = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder()
                                .withAutoConfigure(false)
                                .withMasterUrl("http://127.0.0.1:" + silent.getLocalPort())
                                .withNamespace("operators")
                                .withRequestTimeout(0)
                                .build())
                        .build()) {
            var election = new Leadership(own, LEASE, "first", Duration.ofMillis(100), () -> ended.add("first"))
                    .election()
                    .build();
            election.getLeaderCallbacks().orElseThrow().onStopLeading();
        }
        assertThat(ended).containsExactly("first");
    }

    private Operator operator(String pod, Duration lease) {
        KubernetesClient own = cluster.client(pod, "operators");
        var election = new Leadership(own, LEASE, pod, DEADLINE, () -> ended.add(pod))
                .election()
                .withLeaseDuration(lease)
                .withRenewDeadline(lease.multipliedBy(3).dividedBy(4))
                .withRetryPeriod(Duration.ofMillis(200));
        var operator = new Operator(configuration ->
                configuration.withKubernetesClient(own).withLeaderElectionConfiguration(election.build()));
        var nodes = new FakeNodes();
        var clock = Clock.systemUTC();
        operator.register(new CollabClusterReconciler(
                new Resizing(nodes), new Balancing(nodes, clock), new EventJournal(clock), clock));
        operators.add(operator);
        operator.start();
        return operator;
    }

    private Optional<String> holder() {
        return Optional.ofNullable(
                        client.leases().inNamespace("operators").withName(LEASE).get())
                .map(lease -> lease.getSpec().getHolderIdentity());
    }

    private void nodes(int number) {
        await().atMost(DEADLINE).until(() -> {
            Deployment deployment = client.apps()
                    .deployments()
                    .inNamespace("team")
                    .withName("demo")
                    .get();
            return deployment != null && deployment.getSpec().getReplicas() == number;
        });
    }

    private boolean isServed() {
        return client.services().inNamespace("team").withName("demo").get() != null;
    }
}
