package io.collabcluster.collab.session;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Who makes a REST request. */
@RequestScoped
public class Caller {

    private Optional<Identity> identity = Optional.empty();

    public Identity identity() {
        return identity.orElseThrow(() -> new CollabException(Code.UNAUTHENTICATED, "this request has not signed in"));
    }

    void signedIn(Identity who) {
        identity = Optional.of(who);
    }
}
