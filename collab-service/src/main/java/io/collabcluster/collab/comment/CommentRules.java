package io.collabcluster.collab.comment;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.FieldRules;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import java.util.OptionalLong;
import java.util.UUID;

/** What a request about comments may hold. Every fault names its field and what would be right. */
final class CommentRules {

    private final CollabOptions options;

    CommentRules(CollabOptions options) {
        this.options = options;
    }

    void check(NewComment comment) {
        topic(comment.topic());
        text(comment.text());
        comment.location().ifPresent(json -> FieldRules.json("location", json, options.locationBytes()));
        comment.embedded().ifPresent(json -> FieldRules.json("embedded", json, options.embeddedBytes()));
        comment.clientId().ifPresent(id -> FieldRules.name("clientId", id));
    }

    void check(CommentEdit edit) {
        topic(edit.topic());
        if (edit.changesNothing()) {
            throw invalid("nothing to change: expected text, location or embedded");
        }
        edit.text().ifPresent(this::text);
        if (edit.location() instanceof Patch.Replace(String json)) {
            FieldRules.json("location", json, options.locationBytes());
        }
        if (edit.embedded() instanceof Patch.Replace(String json)) {
            FieldRules.json("embedded", json, options.embeddedBytes());
        }
    }

    void topic(String topic) {
        FieldRules.topic(topic);
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
        return FieldRules.limit(limit, options.pageSize());
    }

    private void text(String text) {
        FieldRules.within("text", text, options.textBytes());
        if (text.isBlank()) {
            throw invalid("text: expected at least one character that shows");
        }
        if (text.indexOf('\0') >= 0) {
            throw invalid("text: the character U+0000 can't be kept");
        }
    }

    private static CollabException invalid(String message) {
        return new CollabException(Code.INVALID, message);
    }
}
