package io.collabcluster.collab.comment;

import java.util.Optional;

/** What someone wants to post; see {@link Comment}. Without a client id, a retry is a second comment. */
public record NewComment(
        String topic, String text, Optional<String> location, Optional<String> embedded, Optional<String> clientId) {}
