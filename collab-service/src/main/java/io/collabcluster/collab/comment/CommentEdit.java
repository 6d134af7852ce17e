package io.collabcluster.collab.comment;

import io.collabcluster.collab.RequestObject;
import java.util.Optional;
import java.util.UUID;

/** What an author wants changed. */
public record CommentEdit(String topic, UUID id, Optional<String> text, Patch location, Patch embedded) {

    /** What becomes of an optional part. */
    public sealed interface Patch {
        record Keep() implements Patch {}

        record Remove() implements Patch {}

        record Replace(String json) implements Patch {}

        /** A field that is left out keeps the part, and null removes it. */
        static Patch of(RequestObject request, String field) {
            return request.has(field)
                    ? request.json(field).<Patch>map(Replace::new).orElseGet(Remove::new)
                    : new Keep();
        }
    }

    public boolean changesNothing() {
        return text.isEmpty() && location instanceof Patch.Keep && embedded instanceof Patch.Keep;
    }
}
