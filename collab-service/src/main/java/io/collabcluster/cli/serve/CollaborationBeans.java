package io.collabcluster.cli.serve;

import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.presence.PresenceService;
import io.collabcluster.collab.session.SignIn;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the REST resources get of the node. */
public final class CollaborationBeans {

    private CollaborationBeans() {}

    @Produces
    @Singleton
    static CommentService comments(Node node) {
        return collaboration(node).comments();
    }

    @Produces
    @Singleton
    static PresenceService presence(Node node) {
        return collaboration(node).presence();
    }

    @Produces
    @Singleton
    static SignIn signIn(Node node) {
        return new SignIn(collaboration(node).authenticator());
    }

    private static Collaboration collaboration(Node node) {
        return switch (node.application()) {
            case Collaboration collaboration -> collaboration;
            case Echo echo -> throw new IllegalStateException("the echo application has no REST resources");
        };
    }
}
