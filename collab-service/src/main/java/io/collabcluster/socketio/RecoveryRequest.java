package io.collabcluster.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a client that lost its connection says in the auth object of CONNECT.
 *
 * @param pid the private id that the server gave it
 * @param offset the last argument of the last event that it got
 */
record RecoveryRequest(String pid, String offset) {

    static Optional<RecoveryRequest> of(Json auth) {
        if (!auth.text().contains("\"pid\"")) {
            return Optional.empty();
        }
        JsonNode tree = auth.tree();
        return tree.path("pid").isTextual() && tree.path("offset").isTextual()
                ? Optional.of(new RecoveryRequest(
                        tree.path("pid").asText(), tree.path("offset").asText()))
                : Optional.empty();
    }
}
