package io.collabcluster.engineio;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A server that reads what an engine of default options allows. */
public class EngineProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.http.test-port", "0",
                "quarkus.websockets-next.server.max-message-size", "1000000",
                "quarkus.websockets-next.server.max-frame-size", "1000000",
                "quarkus.websockets-next.server.per-message-compression-supported", "true");
    }
}
