package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.AuthorizationSpec;

/** The secret of tokens, and the CAs of the servers that know people. */
final class SignIn implements Part {

    static final String FOLDER = "/etc/collab-trusted";

    @Override
    public void addTo(Draft draft) {
        AuthorizationSpec authorization = draft.cluster.getSpec().authorization();
        if (authorization.jwtSecret().given()) {
            draft.environment("COLLAB_ACCESS_JWTSECRET", authorization.jwtSecret());
        }
        if (authorization.trustedCaSecret().given()) {
            draft.files("trusted-ca", authorization.trustedCaSecret().name(), FOLDER);
        }
    }
}
