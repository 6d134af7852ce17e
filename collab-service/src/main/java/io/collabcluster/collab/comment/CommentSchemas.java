package io.collabcluster.collab.comment;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The shapes of {@link CommentResource}'s bodies for the OpenAPI document. {@link CommentJson} writes them. */
final class CommentSchemas {

    private CommentSchemas() {}

    @Schema(
            name = "Author",
            requiredProperties = {"id", "name"})
    record Author(String id, String name) {}

    @Schema(
            name = "Comment",
            requiredProperties = {"id", "topic", "sequence", "changed", "author", "createdAt"})
    record Comment(
            UUID id,
            String topic,

            @Schema(description = "The topic's number of its posting")
            long sequence,

            @Schema(description = "The topic's number of its last change")
            long changed,

            Author author,
            @Schema(description = "Not in a tombstone") String text,
            @Schema(description = "Any JSON") Object location,

            @Schema(description = "Any JSON, kept byte for byte")
            Object embedded,

            String clientId,
            @Schema(format = "date-time") String createdAt,
            @Schema(format = "date-time") String editedAt,
            @Schema(format = "date-time") String deletedAt,
            @Schema(description = "Set in a tombstone only") boolean deleted) {}

    @Schema(
            name = "CommentPage",
            requiredProperties = {"topic", "head", "more", "comments"})
    record Page(
            String topic,
            @Schema(description = "The topic's last number") long head,

            @Schema(description = "Whether there are older ones")
            boolean more,

            List<Comment> comments) {}

    @Schema(
            name = "Change",
            requiredProperties = {"topic", "sequence", "type", "comment"})
    record Change(
            String topic,
            long sequence,

            @Schema(enumeration = {"posted", "edited", "deleted"})
            String type,

            Comment comment) {}

    @Schema(
            name = "ChangePage",
            requiredProperties = {"topic", "head", "more", "changes"})
    record Changes(
            String topic,
            long head,

            @Schema(description = "Whether there are later ones")
            boolean more,

            List<Change> changes) {}

    @Schema(
            name = "NewComment",
            requiredProperties = {"text"})
    record Post(
            String text,
            @Schema(description = "Any JSON") Object location,

            @Schema(description = "Any JSON, kept byte for byte")
            Object embedded,

            @Schema(description = "Your own id for it, 1 to 255 bytes")
            String clientId) {}

    @Schema(name = "CommentEdit")
    record Edit(
            String text,
            @Schema(nullable = true) Object location,
            @Schema(nullable = true) Object embedded) {}

    @Schema(
            name = "Failure",
            requiredProperties = {"error"})
    record Failure(Fault error) {

        @Schema(
                name = "Fault",
                requiredProperties = {"code", "message"})
        record Fault(
                @Schema(
                        enumeration = {
                            "invalid",
                            "unauthenticated",
                            "token_expired",
                            "forbidden",
                            "not_found",
                            "conflict",
                            "too_large",
                            "too_many",
                            "internal",
                            "unavailable"
                        })
                String code,

                String message) {}
    }
}
