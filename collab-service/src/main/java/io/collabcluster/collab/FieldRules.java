package io.collabcluster.collab;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.collabcluster.collab.CollabException.Code;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** What the fields of any request may hold. Every fault names its field and what would be right. */
public final class FieldRules {

    /** Of a topic's name and of a client's id; the tables and their indexes rely on it. */
    private static final int NAME_BYTES = 255;

    /** Of what comes and goes inside a packet or a page, whose own depth is bounded too. */
    private static final int JSON_DEPTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(JSON_DEPTH).build())
            .build();

    private FieldRules() {}

    public static void topic(String topic) {
        name("topic", topic);
    }

    public static void name(String field, String value) {
        if (value.isEmpty()) {
            throw invalid(field + ": empty; expected 1 to " + NAME_BYTES + " bytes");
        }
        within(field, value, NAME_BYTES);
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field + ": control characters are not allowed");
        }
    }

    /** @param most bytes of UTF-8 */
    public static void json(String field, String json, int most) {
        within(field, json, most);
        try (JsonParser parser = JSON.createParser(json)) {
            while (parser.nextToken() != null) {
                // Only the depth is looked at: whoever parsed the request has found it to be JSON.
            }
        } catch (StreamConstraintsException e) {
            throw invalid(field + ": nested deeper than " + JSON_DEPTH);
        } catch (IOException e) {
            throw invalid(field + ": expected JSON");
        }
    }

    public static void within(String field, String value, int most) {
        int bytes;
        try {
            bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(value))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw invalid(field + ": half of a surrogate pair is no character");
        }
        if (bytes > most) {
            throw new CollabException(
                    Code.TOO_LARGE, field + ": " + bytes + " bytes of UTF-8; at most " + most + " are allowed");
        }
    }

    /** The entries of a page: as many as asked for, or as one may have. */
    public static int limit(OptionalLong limit, int most) {
        if (limit.isEmpty()) {
            return most;
        }
        if (limit.getAsLong() < 1 || limit.getAsLong() > most) {
            throw invalid("limit: expected a number from 1 to " + most);
        }
        return (int) limit.getAsLong();
    }

    /** A query parameter: a whole number of at least 0, or null where it is left out. */
    public static OptionalLong number(String name, String value) {
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!value.matches("[0-9]{1,18}")) {
            throw invalid(name + ": expected a whole number of at least 0");
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    private static CollabException invalid(String message) {
        return new CollabException(Code.INVALID, message);
    }
}
