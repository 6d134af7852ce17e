package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    Path folder;

    @Test
    void theEnvironmentWinsOverTheFile() {
        CollabConfig config = Read.valid(Read.result(
                        folder,
                        "{\"port\":1000,\"dataSource\":{\"host\":\"a\",\"username\":\"ann\"}}",
                        Map.of("COLLAB_PORT", "2000", "COLLAB_DATASOURCE_HOST", "b")))
                .config();

        assertThat(config.port()).isEqualTo(2000);
        assertThat(config.database()).isInstanceOfSatisfying(Database.External.class, external -> {
            assertThat(external.options().host()).isEqualTo("b");
            assertThat(external.options().username()).isEqualTo("ann");
        });
    }

    @Test
    void listsAreJsonOrTextWithCommasAndObjectsAreJson() {
        CollabConfig config = Read.valid(Read.result(
                        folder,
                        "{}",
                        Map.of(
                                "COLLAB_SOCKETIO_TRANSPORTS", "websocket",
                                "COLLAB_SOCKETIO_CORS", "{\"origin\":[\"https://a.example\"],\"credentials\":true}",
                                "COLLAB_SOCKETIO_CORS_METHODS", "GET,POST")))
                .config();

        assertThat(config.engine().transports()).hasSize(1);
        assertThat(config.engine().cors()).hasValueSatisfying(cors -> {
            assertThat(cors.origins()).containsExactly("https://a.example");
            assertThat(cors.methods()).containsExactly("GET", "POST");
            assertThat(cors.credentials()).isTrue();
        });
    }

    @Test
    void aShorthandOfTheFileGivesWayToAKeyInsideOfIt() {
        CollabConfig config = Read.valid(Read.result(
                        folder, "{\"socketio\":{\"cookie\":false}}", Map.of("COLLAB_SOCKETIO_COOKIE_NAME", "sid")))
                .config();

        assertThat(config.engine().cookie())
                .hasValueSatisfying(cookie -> assertThat(cookie.name()).isEqualTo("sid"));
    }

    @Test
    void aVariableThatIsNoKeyIsAFaultWithTheNearest() {
        Fault fault = Read.fault(Read.result(folder, "{}", Map.of("COLLAB_DATASOURCE_HOTS", "b")));

        assertThat(fault.where()).isEqualTo("COLLAB_DATASOURCE_HOTS");
        assertThat(fault.right()).isEqualTo("perhaps COLLAB_DATASOURCE_HOST");
    }

    @Test
    void aWrongValueIsAFaultOfTheVariable() {
        Fault fault = Read.fault(Read.result(folder, "{}", Map.of("COLLAB_LOGGING", "yes")));

        assertThat(fault).isEqualTo(new Fault("logging", "COLLAB_LOGGING", "got \"yes\"", "true or false"));
    }

    @Test
    void aPasswordThatLooksLikeJsonIsStillAText() {
        CollabConfig config = Read.valid(Read.result(
                        folder, "{}", Map.of("COLLAB_DATASOURCE_PASSWORD", "{12}", "COLLAB_DATASOURCE_USERNAME", "7")))
                .config();

        assertThat(config.database()).isInstanceOfSatisfying(Database.External.class, external -> {
            assertThat(external.options().password()).contains("{12}");
            assertThat(external.options().username()).isEqualTo("7");
        });
    }

    @Test
    void brokenJsonInAVariableIsSaidOfTheVariable() {
        assertThat(Read.faults(Read.result(folder, "{}", Map.of("COLLAB_SOCKETIO", "{\"path\":"))))
                .first()
                .satisfies(fault -> assertThat(fault.where()).startsWith("COLLAB_SOCKETIO:1:"));
    }

    @Test
    void whatKubernetesSetsForAServiceNamedCollabIsPassedOver() {
        CollabConfig config = Read.valid(Read.result(
                        folder,
                        "{}",
                        Map.of(
                                "COLLAB_PORT", "tcp://10.0.0.1:3000",
                                "COLLAB_SERVICE_HOST", "10.0.0.1",
                                "COLLAB_SERVICE_PORT", "3000",
                                "COLLAB_SERVICE_PORT_HTTP", "3000",
                                "COLLAB_PORT_3000_TCP", "tcp://10.0.0.1:3000",
                                "COLLAB_PORT_3000_TCP_ADDR", "10.0.0.1",
                                "COLLAB_REDIS_PORT", "tcp://10.0.0.2:6379")))
                .config();

        assertThat(config.port()).isEqualTo(3000);
    }

    @Test
    void theVariablesOfTheStartScriptAreNotTheConfigurations() {
        Read.valid(Read.result(folder, "{}", Map.of("COLLAB_HOME", "/opt/collab", "COLLAB_JAVA_OPTIONS", "-Xmx1g")));
    }
}
