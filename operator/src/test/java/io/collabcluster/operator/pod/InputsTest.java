package io.collabcluster.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.operator.fake.Clusters;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InputsTest {

    @Test
    void aHashIsOfNamesKeysAndValues() {
        String hash = hash("a", Map.of("k", "v", "l", "w"));
        assertThat(hash).matches("[0-9a-f]{32}").isEqualTo(hash("a", Map.of("l", "w", "k", "v")));
        assertThat(hash).isNotEqualTo(hash("b", Map.of("k", "v", "l", "w")));
        assertThat(hash("a", Map.of("kv", ""))).isNotEqualTo(hash("a", Map.of("k", "v")));
        assertThat(new InputsHash().with("a", Map.of()).with("k", Map.of()).text())
                .isNotEqualTo(hash("a", Map.of("k", "")));
    }

    private static String hash(String name, Map<String, String> data) {
        return new InputsHash().with(name, data).text();
    }

    @Test
    void aMissingSecretOrKeyIsNamedWithTheFieldThatAsksForIt() {
        var references = new SecretReferences(Clusters.of(
                "exposure: {type: Ingress, tlsSecret: web}", "authorization: {jwtSecret: {name: jwt, key: hmac}}"));
        assertThat(references.names()).containsExactlyInAnyOrder("demo-db", "web", "jwt");
        assertThat(references.missing(Map.of("demo-db", Set.of("username")), false))
                .containsExactly(
                        "the Secret demo-db has no key password (spec.dataSource.credentialsSecret)",
                        "there is no Secret jwt (spec.authorization.jwtSecret)",
                        "there is no Secret web (spec.exposure.tlsSecret)");
    }

    @Test
    void aSecretThatNoPodReadsHoldsUpNone() {
        var references = new SecretReferences(Clusters.of("exposure: {type: Ingress, tlsSecret: web}"));
        assertThat(references.missing(Map.of("demo-db", Set.of("username", "password")), true))
                .isEmpty();
    }
}
