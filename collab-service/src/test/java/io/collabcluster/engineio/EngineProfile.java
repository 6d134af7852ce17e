package io.collabcluster.engineio;

import io.collabcluster.collab.Availability;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.comment.CommentService;
import io.collabcluster.collab.session.SignIn;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** A server without the layers above and what they need. */
public class EngineProfile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types", "io.collabcluster.status.**,io.collabcluster.cli.**",
                "quarkus.http.test-port", "0");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(NothingAbove.class);
    }

    /** Stands for the services that REST resources ask for; no test of this package calls them. */
    @Alternative
    @Priority(1)
    @Singleton
    public static class NothingAbove {

        @Produces
        @Singleton
        SignIn signIn() {
            return new SignIn(credentials -> Uni.createFrom().failure(new IllegalStateException("no sign-in here")));
        }

        @Produces
        @Singleton
        CommentService comments() {
            return new CommentService(null, CollabOptions.DEFAULTS, Availability.ALWAYS, change -> {});
        }
    }
}
