package io.collabcluster.it;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Quarkus has packaged, the jar or the native executable, answers as the node's probes and clients expect. */
@QuarkusIntegrationTest
@QuarkusTestResource(value = PackagedServerIT.EchoConfig.class, restrictToAnnotatedClass = true)
class PackagedServerIT {

    /** Names the configuration, as a launcher does that can only set system properties. */
    public static final class EchoConfig implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try {
                Path file =
                        Path.of(PackagedServerIT.class.getResource("/echo.json").toURI());
                return Map.of("collab.config", file.toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void stop() {
            // Nothing was started.
        }
    }

    @Test
    void statusSaysThatTheNodeRuns() {
        given().get("/status")
                .then()
                .statusCode(200)
                .body("state", equalTo("running"))
                .body("enableTls", equalTo(false));
        given().get("/status/live").then().statusCode(200);
        given().get("/status/ready").then().statusCode(200);
    }

    @Test
    void healthAgreesWithStatus() {
        given().get("/q/health")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItem("collab-ready"))
                .body("checks.status", everyItem(equalTo("UP")));
    }

    @Test
    void metricsCountTheConnections() {
        given().get("/q/metrics").then().statusCode(200).body(matchesPattern("(?s).*collab_connections\\{.*"));
    }

    @Test
    void aHandshakeOpensASession() {
        given().queryParam("EIO", "4")
                .queryParam("transport", "polling")
                .get("/socket.io/")
                .then()
                .statusCode(200)
                .body(matchesPattern("0\\{\"sid\":\"[A-Za-z0-9_-]{20}\".*"));
    }
}
