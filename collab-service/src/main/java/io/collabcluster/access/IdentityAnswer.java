package io.collabcluster.access;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads an authorization server's answer. */
final class IdentityAnswer {

    private static final int MOST_GROUPS = 1_000;

    /** Seconds since 1970 don't get that large for some thousand years; milliseconds have been since 1973. */
    private static final long MILLISECONDS = 100_000_000_000L;

    private IdentityAnswer() {}

    /** Empty where it doesn't say who it is, or says when it ends in a way that can't be understood. */
    static Optional<Identity> read(JsonNode json) {
        try {
            Optional<Instant> expires = first(json, "expiresAt", "exp").map(IdentityAnswer::time);
            return first(json, "id", "sub", "userId")
                    .map(JsonNode::asText)
                    .filter(DisplayText::isUserId)
                    .map(id -> new Identity(id, name(json).orElse(id), groups(json), expires));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> name(JsonNode json) {
        return first(json, "name", "fullName")
                .map(name -> DisplayText.shown(name.asText()))
                .filter(name -> !name.isEmpty());
    }

    private static Set<String> groups(JsonNode json) {
        return json.path("groups")
                .valueStream()
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .limit(MOST_GROUPS)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<JsonNode> first(JsonNode json, String... names) {
        return Stream.of(names)
                .map(json::path)
                .filter(node -> node.isTextual() || node.isNumber())
                .findFirst();
    }

    private static Instant time(JsonNode node) {
        if (node.isTextual()) {
            return Instant.parse(node.asText());
        }
        long number = node.asLong();
        return number < MILLISECONDS ? Instant.ofEpochSecond(number) : Instant.ofEpochMilli(number);
    }
}
