package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every key that is declared does something, from the file and from the environment. */
class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static final Map<String, Sample> SAMPLES = new HashMap<>();

    /** @param besides what the key needs to matter, without the key itself */
    private record Sample(String value, String besides) {}

    @BeforeAll
    static void samples() throws IOException {
        Certificates pair = Certificates.make(folder, "pair", "EC");
        Files.writeString(folder.resolve("db.key"), "00".repeat(32));
        String tls = "{\"enableTls\":true,\"publicCertFile\":\"pair.crt\"}";
        sample("port", "4000");
        sample("host", "\"127.0.0.1\"");
        sample("logging", "true");
        sample("scaling", "\"none\"", "{\"cpus\":3}");
        sample("cpus", "3", "{\"scaling\":\"vertical\"}");
        clusterSamples();
        sample("enableTls", "true", "{\"privateKeyFile\":\"pair.key\",\"publicCertFile\":\"pair.crt\"}");
        sample("privateKeyFile", "\"pair.key\"", tls);
        sample(
                "publicCertFile",
                "\"pair.crt\"",
                tls.replace("publicCertFile", "privateKeyFile").replace("crt", "key"));
        sample("keystoreFile", "\"pair.p12\"", "{\"enableTls\":true,\"passphrase\":\"" + pair.passphrase() + "\"}");
        sample("passphrase", '"' + pair.passphrase() + '"', "{\"enableTls\":true,\"keystoreFile\":\"pair.p12\"}");
        sample("trustedCerts", "[\"pair.crt\"]");
        String db = "{\"dataSource\":{}}";
        sample("dataSource", "{}");
        sample("dataSource.host", "\"db\"", db);
        sample("dataSource.port", "5433", db);
        sample("dataSource.database", "\"other\"", db);
        sample("dataSource.username", "\"ann\"", db);
        sample("dataSource.password", "\"pw\"", db);
        sample("dataSource.encryptionKeyFile", "\"db.key\"", "{\"dataSource\":{\"password\":\"pw\"}}");
        sample("dataSource.sslRootCertFile", "\"pair.crt\"", db);
        sample("dataSource.sslClientCertFile", "\"pair.crt\"", "{\"dataSource\":{\"sslClientKeyFile\":\"pair.key\"}}");
        sample("dataSource.sslClientKeyFile", "\"pair.key\"", "{\"dataSource\":{\"sslClientCertFile\":\"pair.crt\"}}");
        sample("dataSource.poolSize", "3", db);
        sample("dburl", "\"postgresql://ann@db1:5432,db2:5432/collab\"");
        sample("dataFolder", "\"elsewhere\"");
        sample("authorizationServerUrl", "\"https://app/api\"");
        sample("notificationBaseUrl", "\"https://app\"");
        sample("access.jwtSecret", "\"12345678901234567890123456789012\"");
        sample("access.jwksUrl", "\"https://id/jwks.json\"");
        sample("access.issuer", "\"id\"");
        sample("access.audience", "\"collab\"");
        sample("access.clockSkew", "3");
        sample("access.authorizationPath", "\"/who\"");
        sample("drain.window", "3");
        sample("diagnostics.echo", "true");
        socketioSamples();
        for (String limit : List.of(
                "connectionsPerAddress",
                "handshakesPerSecond",
                "attachments",
                "joinsPerSocket",
                "textBytes",
                "locationBytes",
                "embeddedBytes",
                "pageSize",
                "presenceStateBytes",
                "presenceTopicsPerSocket",
                "presenceMembersPerTopic",
                "presencePerSecond")) {
            sample("limits." + limit, "7");
        }
        sample("limits.outboundBytes", "2000000");
        sample("limits.inboundBytes", "2000000");
    }

    private static void clusterSamples() {
        String many = "{\"scaling\":\"horizontal\",\"redisServerUrl\":\"redis://redis:6379\",\"dataSource\":{}}";
        String tls = many.replace("redis://", "rediss://");
        sample("redisServerUrl", "\"redis://redis:6379\"", "{\"scaling\":\"horizontal\",\"dataSource\":{}}");
        sample("redis.adapter", "\"sharded\"", many);
        sample("redis.key", "\"other\"", many);
        sample("redis.mode", "\"sentinel\"", many);
        sample("redis.nodes", "[\"redis2:6379\"]", many.replace("}}", "},\"redis\":{\"mode\":\"cluster\"}}"));
        sample("redis.master", "\"other\"", many);
        sample("redis.username", "\"ann\"", many);
        sample("redis.password", "\"pw\"", many);
        sample("redis.sslRootCertFile", "\"pair.crt\"", tls);
        sample(
                "redis.sslClientCertFile",
                "\"pair.crt\"",
                tls.replace("}}", "},\"redis\":{\"sslClientKeyFile\":\"pair.key\"}}"));
        sample(
                "redis.sslClientKeyFile",
                "\"pair.key\"",
                tls.replace("}}", "},\"redis\":{\"sslClientCertFile\":\"pair.crt\"}}"));
        sample("cluster.id", "\"n001\"", many);
        sample("cluster.port", "4001", many);
        sample("cluster.address", "\"10.0.0.1:4001\"", many);
        sample("cluster.url", "\"https://node1.example.com\"", many);
        sample("cluster.weight", "50", many);
        sample("cluster.secret", "\"12345678901234567890123456789012\"", many);
        sample("proxy.trusted", "[\"10.0.0.0/8\"]");
        sample("proxy.protocol", "true", "{\"proxy\":{\"trusted\":[\"10.0.0.0/8\"]}}");
        sample("agentCheck.port", "9000");
        sample("operator.token", "\"12345678901234567890123456789012\"");
    }

    private static void socketioSamples() {
        sample("socketio.path", "\"/live\"");
        for (String flag : List.of("addTrailingSlash", "serveClient", "allowUpgrades", "httpCompression")) {
            sample("socketio." + flag, "false");
        }
        for (String flag : List.of(
                "cleanupEmptyChildNamespaces", "perMessageDeflate", "connectionStateRecovery", "cookie", "cors")) {
            sample("socketio." + flag, "true");
        }
        for (String time : List.of("connectTimeout", "upgradeTimeout", "pingInterval", "pingTimeout")) {
            sample("socketio." + time, "1234");
        }
        sample("socketio.transports", "[\"websocket\"]");
        sample("socketio.maxHttpBufferSize", "5000");
        sample("socketio.perMessageDeflate.threshold", "10");
        sample("socketio.httpCompression.threshold", "10");
        sample("socketio.connectionStateRecovery.maxDisconnectionDuration", "10");
        sample("socketio.connectionStateRecovery.skipMiddlewares", "false");
        sample("socketio.cookie.name", "\"sid\"");
        sample("socketio.cookie.path", "\"/live\"");
        sample("socketio.cookie.httpOnly", "false");
        sample("socketio.cookie.secure", "true");
        sample("socketio.cookie.sameSite", "\"strict\"");
        sample("socketio.cookie.maxAge", "60");
        sample("socketio.cors.origin", "[\"https://app.example.com\",\"/\\\\.example\\\\.org$/\"]");
        sample("socketio.cors.methods", "[\"GET\",\"POST\"]");
        sample("socketio.cors.allowedHeaders", "[\"X-One\",\"X-Two\"]");
        sample("socketio.cors.exposedHeaders", "[\"X-One\"]");
        sample("socketio.cors.credentials", "true", "{\"socketio\":{\"cors\":{\"origin\":true}}}");
        sample("socketio.cors.maxAge", "60");
        sample("socketio.cors.preflightContinue", "true");
        sample("socketio.cors.optionsSuccessStatus", "200");
    }

    private static void sample(String path, String value) {
        sample(path, value, "{}");
    }

    private static void sample(String path, String value, String besides) {
        SAMPLES.put(path, new Sample(value, besides));
    }

    @TestFactory
    List<DynamicTest> everyKeyMakesADifference() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Key<?> key : Schema.ALL.keys()) {
            if (!(key.type() instanceof Type.Section) || key.path().equals("dataSource")) {
                tests.add(DynamicTest.dynamicTest(key.path(), () -> makesADifference(key)));
            }
        }
        return tests;
    }

    private static void makesADifference(Key<?> key) throws IOException {
        Sample sample = SAMPLES.get(key.path());
        assertThat(sample).as("a sample value of " + key.path()).isNotNull();
        Map<String, String> none = Map.of();
        Object without = meaning(sample.besides(), none);

        assertThat(meaning(with(sample, key), none)).isNotEqualTo(without);
        if (!(key.type() instanceof Type.File || key.path().equals("trustedCerts"))) {
            String text = sample.value().startsWith("\"")
                    ? JSON.readTree(sample.value()).asText()
                    : sample.value();
            assertThat(meaning(sample.besides(), Map.of(key.variable(), text)))
                    .as("by " + key.variable())
                    .isEqualTo(meaning(with(sample, key), none));
        }
    }

    private static String with(Sample sample, Key<?> key) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(sample.besides());
        ObjectNode inner = root;
        for (String level :
                key.parent().isEmpty() ? new String[0] : key.parent().split("\\.")) {
            inner = inner.withObject("/" + level);
        }
        inner.set(key.name(), JSON.readTree(sample.value()));
        return root.toString();
    }

    /** All that a configuration says, without how it was said; of a refused one, which keys are at fault. */
    private static Object meaning(String json, Map<String, String> environment) {
        return switch (Read.result(folder, json, environment)) {
            case ConfigReader.Valid(CollabConfig c, var _) ->
                List.of(
                        c.host(),
                        c.port(),
                        c.tls(),
                        c.database(),
                        c.scaling(),
                        c.cpus(),
                        c.cluster()
                                .map(o -> List.of(
                                        o, o.redis().username(), o.redis().password(), o.secret())),
                        c.proxy().toString(),
                        c.agentCheckPort(),
                        c.operatorToken(),
                        c.logging(),
                        c.engine(),
                        c.socketio(),
                        c.access(),
                        c.collab(),
                        c.notificationBaseUrl(),
                        c.drainWindow(),
                        c.diagnosticsEcho());
            case ConfigReader.Invalid(var faults) ->
                faults.stream().map(Fault::path).sorted().toList();
        };
    }

    @Test
    void noTwoKeysHaveTheSameVariable() {
        assertThat(Schema.ALL.keys()).extracting(Key::variable).doesNotHaveDuplicates();
        assertThat(Keys.DB_HOST.variable()).isEqualTo("COLLAB_DATASOURCE_HOST");
    }

    @Test
    void everyDefaultIsAValueThatItsOwnKeyTakes() throws IOException {
        for (Key<?> key : Schema.ALL.keys()) {
            Optional<?> fallback = key.fallback();
            if (fallback.isPresent() && !(key.type() instanceof Type.FlagOrText)) {
                String value =
                        JSON.writeValueAsString(fallback.get() instanceof Path path ? path.toString() : fallback.get());
                Sample sample = new Sample(value, "{}");
                assertThat(Read.result(folder, with(sample, key), Map.of()))
                        .as(key.path() + " = " + value)
                        .isInstanceOf(ConfigReader.Valid.class);
            }
        }
    }
}
