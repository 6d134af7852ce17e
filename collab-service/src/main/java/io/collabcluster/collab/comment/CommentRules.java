package io.collabcluster.collab.comment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.UUID;

/** What a request about comments may hold. Every fault names its field and what would be right. */
final class CommentRules {

    /** Of a topic's name and of a client's id; the tables and their indexes rely on it. */
    private static final int NAME_BYTES = 255;

    /** Of what comes and goes inside a packet or a page, whose own depth is bounded too. */
    private static final int JSON_DEPTH = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(JSON_DEPTH).build())
            .build();

    private final CollabOptions options;

    CommentRules(CollabOptions options) {
        this.options = options;
    }

    void check(NewComment comment) {
        topic(comment.topic());
        text(comment.text());
        comment.location().ifPresent(json -> json("location", json, options.locationBytes()));
        comment.embedded().ifPresent(json -> json("embedded", json, options.embeddedBytes()));
        comment.clientId().ifPresent(id -> name("clientId", id));
    }

    void check(CommentEdit edit) {
        topic(edit.topic());
        if (edit.changesNothing()) {
            throw invalid("nothing to change: expected text, location or embedded");
        }
        edit.text().ifPresent(this::text);
        if (edit.location() instanceof Patch.Replace(String json)) {
            json("location", json, options.locationBytes());
        }
        if (edit.embedded() instanceof Patch.Replace(String json)) {
            json("embedded", json, options.embeddedBytes());
        }
    }

    void topic(String topic) {
        name("topic", topic);
    }

    static UUID id(String text) {
        try {
            if (text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw invalid("id: expected a UUID, as the comment's id is");
    }

    int limit(OptionalLong limit) {
        if (limit.isEmpty()) {
            return options.pageSize();
        }
        if (limit.getAsLong() < 1 || limit.getAsLong() > options.pageSize()) {
            throw invalid("limit: expected a number from 1 to " + options.pageSize());
        }
        return (int) limit.getAsLong();
    }

    private void text(String text) {
        within("text", text, options.textBytes());
        if (text.isBlank()) {
            throw invalid("text: expected at least one character that shows");
        }
        if (text.indexOf('\0') >= 0) {
            throw invalid("text: the character U+0000 can't be kept");
        }
    }

    private static void name(String field, String value) {
        if (value.isEmpty()) {
            throw invalid(field + ": empty; expected 1 to " + NAME_BYTES + " bytes");
        }
        within(field, value, NAME_BYTES);
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field + ": control characters are not allowed");
        }
    }

    private static void json(String field, String json, int most) {
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

    private static void within(String field, String value, int most) {
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

    private static CollabException invalid(String message) {
        return new CollabException(Code.INVALID, message);
    }
}
