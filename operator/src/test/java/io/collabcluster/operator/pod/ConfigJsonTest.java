package io.collabcluster.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.fake.Clusters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final CollabCluster FULL = Clusters.of("""
            redis:
              url: rediss://redis.example.com:6379
              passwordSecret: {name: redis, key: password}
              tlsSecret: redis-tls
              clientCertificate: true
              adapter: Sharded
              key: team-a
            authorization:
              serverUrl: https://app.example.com/api
              notificationBaseUrl: https://app.example.com
              jwtSecret: {name: jwt, key: secret}
              jwksUrl: https://id.example.com/jwks
              issuer: https://id.example.com/
              audience: collab
              trustedCaSecret: {name: ca, key: ca.pem}
            socketio:
              path: /live
              transports: [websocket]
              corsOrigins: ["https://app.example.com"]
              connectionStateRecovery: true
            drain: {windowSeconds: 40, gracePeriodSeconds: 90}
            logging: {verbose: true}
            config:
              limits: {pageSize: 50}
              socketio: {serveClient: false}
            """);

    @Test
    void theSmallestClusterSaysWhereEverythingIs() throws IOException {
        assertThat(json(Clusters.of())).isEqualTo(JSON.readTree("""
                {
                  "port": 3000, "scaling": "horizontal", "logging": false,
                  "cluster": {"port": 3001},
                  "drain": {"window": 30},
                  "dataSource": {"poolSize": 16, "host": "db.example.com", "port": 5432, "database": "mstr_collab"},
                  "redisServerUrl": "redis://demo-redis:6379",
                  "redis": {"adapter": "classic"},
                  "socketio": {
                    "path": "/socket.io", "pingInterval": 25000, "pingTimeout": 20000, "maxHttpBufferSize": 1000000
                  }
                }
                """));
    }

    @Test
    void everythingThatIsSaidIsThereAndNothingSecret() throws IOException {
        JsonNode json = json(FULL);
        assertThat(json.at("/redis")).isEqualTo(JSON.readTree("""
                {"adapter": "sharded", "key": "team-a", "sslRootCertFile": "/etc/collab-redis/ca.crt",
                 "sslClientCertFile": "/etc/collab-redis/tls.crt", "sslClientKeyFile": "/etc/collab-redis/tls.key"}
                """));
        assertThat(json.at("/access")).isEqualTo(JSON.readTree("""
                {"jwksUrl": "https://id.example.com/jwks", "issuer": "https://id.example.com/", "audience": "collab"}
                """));
        assertThat(json.at("/trustedCerts/0").asText()).isEqualTo("/etc/collab-trusted/ca.pem");
        assertThat(json.at("/limits/pageSize").asInt()).isEqualTo(50);
        assertThat(json.at("/socketio/serveClient").asBoolean(true)).isFalse();
        assertThat(json.at("/socketio/path").asText()).isEqualTo("/live");
        assertThat(json.at("/socketio/transports").toString()).isEqualTo("[\"websocket\"]");
        assertThat(json.at("/socketio/cors/origin/0").asText()).isEqualTo("https://app.example.com");
        assertThat(new ConfigJson(FULL).text()).doesNotContain("password", "jwtSecret");
    }

    @Test
    void theSameSpecificationIsTheSameText() {
        assertThat(new ConfigJson(Clusters.of()).text()).isEqualTo(new ConfigJson(Clusters.of()).text());
    }

    /** The server takes no key that it doesn't know. */
    @Test
    void theServerKnowsEveryKey() throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/config.md"));
        List<String> keys = new ArrayList<>();
        leaves("", json(FULL), keys);
        leaves("", json(Clusters.of()), keys);
        assertThat(keys).allSatisfy(key -> assertThat(reference).contains("| `" + key + "` |"));
    }

    @Test
    void whatTheOperatorSetsIsRefusedWithTheFieldThatSetsIt() {
        assertThat(faults("config: {port: 80, drain: {window: 5}, socketio: {path: /x}, logging: true}"))
                .containsExactly(
                        "spec.config.port: the operator sets it; use nothing: it has to be as it is",
                        "spec.config.drain.window: the operator sets it; use spec.drain.windowSeconds",
                        "spec.config.socketio.path: the operator sets it; use spec.socketio.path",
                        "spec.config.logging: the operator sets it; use spec.logging.verbose");
    }

    @Test
    void secretsAreRefused() {
        assertThat(faults("config: {dataSource: {password: x}, access: {jwtSecret: y}, operator: {token: z}}"))
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault).contains("a ConfigMap is no place for it"));
        assertThat(faults("config: {enableTls: true}")).hasSize(1);
    }

    /** One text for all nodes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster: {id: a}",
                "cluster: {address: 10.0.0.1}",
                "cluster: {url: \"http://a\"}",
                "host: 127.0.0.1"
            })
    void whatIsDifferentForEachNodeIsRefused(String config) {
        assertThat(faults("config: {" + config + "}"))
                .singleElement()
                .asString()
                .endsWith("leave it out");
    }

    /** It can have a password. */
    @Test
    void aUrlOfRedisIsRefusedWhereASecretHasIt() {
        assertThat(faults("""
                redis: {urlSecret: {name: redis, key: url}}
                config: {redisServerUrl: "redis://:password@r:6379"}
                """))
                .containsExactly("spec.config.redisServerUrl: a ConfigMap is no place for it; use spec.redis");
    }

    @Test
    void balancersThatAreTrustedToNameTheClientAreInTheirKey() throws IOException {
        String exposure = "exposure: {type: Ingress, trustedProxies: [10.0.0.0/8, \"fd00::/8\"]}";
        assertThat(json(Clusters.of(exposure)).at("/proxy")).isEqualTo(JSON.readTree("""
                {"trusted": ["10.0.0.0/8", "fd00::/8"]}
                """));
        assertThat(faults(exposure + "\nconfig: {proxy: {trusted: [10.0.0.1], protocol: true}}"))
                .containsExactly("spec.config.proxy.trusted: the operator sets it; use spec.exposure.trustedProxies");
    }

    @Test
    void otherKeysAreTheServersToCheck() {
        assertThat(faults("config: {limits: {pageSize: many}, proxy: {trusted: [10.0.0.0/8]}}"))
                .isEmpty();
    }

    private static List<String> faults(String spec) {
        return new ConfigJson(Clusters.of(spec))
                .faults().stream().map(SpecFault::toString).toList();
    }

    private static JsonNode json(CollabCluster cluster) throws IOException {
        return JSON.readTree(new ConfigJson(cluster).text());
    }

    private static void leaves(String path, JsonNode json, List<String> keys) {
        json.properties().forEach(member -> {
            if (member.getValue().isObject()) {
                leaves(path + member.getKey() + ".", member.getValue(), keys);
            } else {
                keys.add(path + member.getKey());
            }
        });
    }
}
