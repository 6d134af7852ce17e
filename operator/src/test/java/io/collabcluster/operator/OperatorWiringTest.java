package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

class OperatorWiringTest {

    /** The variables are named as the chart's template and the container's runtime name them. */
    @Test
    void theLeaseIsTheReleasesInTheOperatorsNamespaceAndHeldByThePod() throws Exception {
        var producer = OperatorWiring.class.getDeclaredMethod(
                "leaderElection", KubernetesClient.class, String.class, Optional.class);
        String lease = name(producer.getParameters()[1]);
        String pod = name(producer.getParameters()[2]);
        var config = new SmallRyeConfigBuilder()
                .withSources(
                        new EnvConfigSource(Map.of("COLLAB_OPERATOR_LEASE", "team-a", "HOSTNAME", "team-a-5f6-x"), 300))
                .build();
        try (var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withNamespace("operators")
                        .build())
                .build()) {
            var election = new OperatorWiring()
                    .leaderElection(
                            client, config.getValue(lease, String.class), config.getOptionalValue(pod, String.class));
            assertThat(election.getLeaseName()).isEqualTo("team-a");
            assertThat(election.getLeaseNamespace()).contains("operators");
            assertThat(election.getIdentity()).contains("team-a-5f6-x");
            // The SDK's own exit never returns on SIGTERM, and the process would have to be killed.
            assertThat(election.isExitOnStopLeading()).isFalse();
            assertThat(election.getLeaderCallbacks()).isPresent();
        }
    }

    private static String name(java.lang.reflect.Parameter parameter) {
        return parameter.getAnnotation(ConfigProperty.class).name();
    }
}
