package io.collabcluster.collab.comment;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A comment as it is now.
 *
 * @param sequence the topic's number of its posting
 * @param changed the topic's number of its last change
 * @param text empty once deleted
 * @param location where in the topic's object it belongs, as JSON
 * @param embedded an object that goes with it, as JSON, byte for byte as it was posted
 * @param clientId the author's own id for it, by which a retry is told from a second comment
 */
public record Comment(
        UUID id,
        String topic,
        long sequence,
        long changed,
        Author author,
        Optional<String> text,
        Optional<String> location,
        Optional<String> embedded,
        Optional<String> clientId,
        Instant createdAt,
        Optional<Instant> editedAt,
        Optional<Instant> deletedAt) {

    public record Author(String id, String name) {}

    /** Whether only its place in the sequence is left. */
    public boolean deleted() {
        return deletedAt.isPresent();
    }

    public String json() {
        return CommentJson.comment(this);
    }
}
