package io.collabcluster.collab.session;

import io.collabcluster.access.Authenticator.Credentials;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Finds out who makes a request to {@code /api/}: {@code Authorization: Bearer …}, or for guests {@code X-Guest-Name} and {@code
 * X-Guest-Id}. */
@Singleton
public class RestSignIn {

    private final Instance<SignIn> signIn;
    private final Caller caller;

    public RestSignIn(Instance<SignIn> signIn, Caller caller) {
        this.signIn = signIn;
        this.caller = caller;
    }

    @ServerRequestFilter
    Uni<Response> authenticate(ContainerRequestContext request) {
        if (!ApiErrors.isApi(request.getUriInfo().getPath()) || signIn.isUnsatisfied()) {
            return Uni.createFrom().nullItem();
        }
        var credentials = new Credentials(
                SignIn.bearer(Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION))),
                Optional.ofNullable(request.getHeaderString("X-Guest-Name")),
                Optional.ofNullable(request.getHeaderString("X-Guest-Id")));
        return signIn.get().identify(credentials).invoke(caller::signedIn).replaceWith(() -> null);
    }
}
