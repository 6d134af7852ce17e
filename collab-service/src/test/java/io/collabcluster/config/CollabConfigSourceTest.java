package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollabConfigSourceTest {

    @TempDir
    static Path folder;

    @Test
    void withoutTheSystemPropertyItHasNothingToSay() {
        Optional<String> before = Optional.ofNullable(System.clearProperty(ConfigReader.FILE_PROPERTY));
        try {
            assertThat(new CollabConfigSource().getPropertyNames()).isEmpty();
        } finally {
            before.ifPresent(file -> System.setProperty(ConfigReader.FILE_PROPERTY, file));
        }
    }

    @Test
    void itWinsOverApplicationPropertiesAndNotOverTheEnvironment() {
        assertThat(new CollabConfigSource().getOrdinal()).isBetween(251, 299);
    }

    @Test
    void addressEventLoopsAndSizesAreTheConfigurations() {
        assertThat(properties("{'port':4000,'host':'127.0.0.1','cpus':3,'socketio':{'maxHttpBufferSize':2000000}}"))
                .containsEntry("quarkus.http.port", "4000")
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry("quarkus.vertx.event-loops-pool-size", "3")
                .containsEntry("quarkus.http.limits.max-body-size", "2000016")
                .doesNotContainKey("quarkus.http.insecure-requests")
                .doesNotContainKey("quarkus.log.category.\"io.collabcluster\".level");
    }

    @Test
    void aBodyMayBeAsLargeAsTheLargestComment() {
        assertThat(properties("{'limits':{'embeddedBytes':1000000}}"))
                .hasEntrySatisfying("quarkus.http.limits.max-body-size", size -> assertThat(Long.parseLong(size))
                        .isGreaterThan(6_000_000));
    }

    @Test
    void verboseLoggingIsTurnedOnWhereAskedFor() {
        assertThat(properties("{'logging':true}"))
                .containsEntry("quarkus.log.category.\"io.collabcluster\".level", "DEBUG");
    }

    @Test
    void anIdleConnectionOutlivesAHeartbeatAndNotMuchMore() {
        assertThat(properties("{}")).containsEntry("quarkus.http.idle-timeout", "60S");
        assertThat(properties("{'socketio':{'pingInterval':3600000}}"))
                .containsEntry("quarkus.http.idle-timeout", "3635S");
    }

    @Test
    void withTlsTheOnePortServesNothingElse() {
        Certificates pair = Certificates.make(folder, "tls", "EC");

        assertThat(properties("{'port':4443,'enableTls':true,'privateKeyFile':'tls.key','publicCertFile':'tls.crt'}"))
                .containsEntry("quarkus.http.ssl-port", "4443")
                .containsEntry("quarkus.http.insecure-requests", "disabled")
                .containsEntry("quarkus.http.tls-configuration-name", "collab")
                .containsEntry(
                        "quarkus.tls.collab.key-store.pem.server.key",
                        pair.privateKey().toString())
                .containsEntry(
                        "quarkus.tls.collab.key-store.pem.server.cert",
                        pair.certificate().toString());
        assertThat(properties("{'enableTls':true,'keystoreFile':'tls.p12','passphrase':'" + pair.passphrase() + "'}"))
                .containsEntry(
                        "quarkus.tls.collab.key-store.p12.path", pair.keystore().toString())
                .containsEntry("quarkus.tls.collab.key-store.p12.password", pair.passphrase());
    }

    private static Map<String, String> properties(String json) {
        return CollabConfigSource.properties(Read.valid(Read.result(folder, json.replace('\'', '"'), Map.of()))
                .config());
    }
}
