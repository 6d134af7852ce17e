package io.collabcluster.access;

import io.collabcluster.access.AccessException.Code;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** The sign-in that a configuration asks for. */
public final class Authenticators {

    private Authenticators() {}

    /**
     * Guests where nothing is configured; JSON Web Tokens where there is a secret or a key set; the authorization server
     * where there is its URL.
     *
     * <p>With both, a token is checked as a JSON Web Token first. One that verifies is good without asking, and one that
     * verifies but has expired is refused without asking. Every other token, one that isn't a JSON Web Token or whose key
     * can't be fetched now included, is put to the authorization server, whose word is the last.
     */
    public static Authenticator of(AccessOptions options, Vertx vertx) {
        if (options.guestsOnly()) {
            return new GuestAuthenticator();
        }
        boolean tokens = options.jwtSecret().isPresent() || options.jwksUrl().isPresent();
        if (options.authorizationServerUrl().isEmpty()) {
            return new JwtAuthenticator(options, vertx);
        }
        Authenticator server = new AuthorizationServerAuthenticator(options, vertx);
        return tokens ? new TokenThenServer(new JwtAuthenticator(options, vertx), server) : server;
    }

    private record TokenThenServer(Authenticator token, Authenticator server) implements Authenticator {

        @Override
        public Uni<Identity> authenticate(Credentials credentials) {
            return token.authenticate(credentials)
                    .onFailure(TokenThenServer::notByToken)
                    .recoverWithUni(() -> server.authenticate(credentials));
        }

        @Override
        public Uni<Void> check() {
            return server.check();
        }

        private static boolean notByToken(Throwable failure) {
            return failure instanceof AccessException e && e.code() != Code.TOKEN_EXPIRED;
        }
    }
}
