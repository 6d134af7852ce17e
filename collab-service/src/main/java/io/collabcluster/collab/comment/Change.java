package io.collabcluster.collab.comment;

import io.collabcluster.collab.topic.TopicChange;
import java.util.Locale;

/**
 * A posting, edit or deletion. The comment in it is the comment as it is now: a posting that is read again after an edit
 * shows the edited text, and after a deletion the tombstone.
 */
public record Change(long sequence, Type type, Comment comment) implements TopicChange {

    public enum Type {
        POSTED,
        EDITED,
        DELETED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The change that made the comment what it is. */
    static Change latest(Type type, Comment comment) {
        return new Change(comment.changed(), type, comment);
    }

    @Override
    public String topic() {
        return comment.topic();
    }

    @Override
    public String event() {
        return "comment:" + type.word();
    }

    @Override
    public String subject() {
        return comment.id().toString();
    }

    @Override
    public String json() {
        return CommentJson.change(this);
    }
}
