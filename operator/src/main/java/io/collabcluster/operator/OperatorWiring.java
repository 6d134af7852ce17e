package io.collabcluster.operator;

import io.collabcluster.operator.pod.NodePod;
import io.collabcluster.operator.scaling.HttpNodeClient;
import io.collabcluster.operator.scaling.NodeClient;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The beans of the operator. */
final class OperatorWiring {

    /** Less than the five seconds that the SDK's times leave from the last renewal that may fail to the end of the lease. */
    private static final Duration TIME_TO_GIVE_BACK = Duration.ofSeconds(2);

    @Produces
    @Singleton
    @DefaultBean
    NodeClient nodeClient() {
        return new HttpNodeClient(NodePod.PORT);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The SDK's own would count nothing in a packaged operator (quarkus-operator-sdk issue 1385). */
    @Produces
    @Singleton
    @Unremovable
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    /**
     * Of their own release, as another one in the namespace watches something else. Looked up by the SDK, which no injection
     * point tells of.
     *
     * @param pod as the container's runtime names the machine; without, one is made up
     */
    @Produces
    @Singleton
    @Unremovable
    @IfBuildProfile("prod")
    LeaderElectionConfiguration leaderElection(
            KubernetesClient client,
            @ConfigProperty(name = "collab.operator.lease", defaultValue = "collab-operator") String lease,
            @ConfigProperty(name = "HOSTNAME") Optional<String> pod) {
        String identity = pod.orElseGet(() -> UUID.randomUUID().toString());
        return new Leadership(client, lease, identity, TIME_TO_GIVE_BACK, () -> Quarkus.asyncExit(1))
                .election()
                .build();
    }
}
