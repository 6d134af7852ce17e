package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.Names;
import io.collabcluster.operator.api.SecretReference;

/** What nodes prove themselves to one another with, and the operator to them: made up by the operator. */
public final class ClusterSecrets implements Part {

    /** Keys of the Secret {@link Names#internalSecret}. */
    public static final String CLUSTER_SECRET = "cluster-secret";

    public static final String OPERATOR_TOKEN = "operator-token";

    /** Only where the operator runs the Redis. */
    public static final String REDIS_PASSWORD = "redis-password";

    @Override
    public void addTo(Draft draft) {
        String secret = Names.internalSecret(draft.cluster);
        draft.environment("COLLAB_CLUSTER_SECRET", new SecretReference(secret, CLUSTER_SECRET));
        draft.environment("COLLAB_OPERATOR_TOKEN", new SecretReference(secret, OPERATOR_TOKEN));
    }
}
