package io.collabcluster.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

class OperatorWiringTest {

    /** As the chart's template names the variable. */
    @Test
    void theLeaseIsTheOneThatTheEnvironmentNames() throws Exception {
        var producer = OperatorWiring.class.getDeclaredMethod("leaderElection", String.class);
        var property = producer.getParameters()[0].getAnnotation(ConfigProperty.class);
        var config = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(Map.of("COLLAB_OPERATOR_LEASE", "team-a"), 300))
                .build();
        String lease = config.getValue(property.name(), String.class);
        assertThat(new OperatorWiring().leaderElection(lease).getLeaseName()).isEqualTo("team-a");
    }
}
