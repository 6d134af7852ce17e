package io.collabcluster.operator.resource;

import static io.collabcluster.operator.pod.ClusterSecrets.CLUSTER_SECRET;
import static io.collabcluster.operator.pod.ClusterSecrets.OPERATOR_TOKEN;
import static io.collabcluster.operator.pod.ClusterSecrets.REDIS_PASSWORD;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the operator makes up: by what nodes know each other, and the operator is known to them, and the managed Redis'
 * password. Made once, and then read back; deleting it makes new ones, and replaces the
 * pods, of which the old and the new don't know each other meanwhile.
 */
@KubernetesDependent(useSSA = BooleanWithUndefined.TRUE)
public final class InternalSecret extends OwnedResource<Secret> {

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    public InternalSecret() {
        super(Secret.class);
    }

    @Override
    protected String nameFor(CollabCluster cluster) {
        return Names.internalSecret(cluster);
    }

    @Override
    protected Secret desired(CollabCluster cluster, Context<CollabCluster> context) {
        Optional<Secret> there = SecretTexts.owned(cluster, context, nameFor(cluster));
        Map<String, String> data = new TreeMap<>();
        data.put(CLUSTER_SECRET, kept(there, CLUSTER_SECRET));
        data.put(OPERATOR_TOKEN, kept(there, OPERATOR_TOKEN));
        if (cluster.getSpec().redis().runsHere()) {
            data.put(REDIS_PASSWORD, kept(there, REDIS_PASSWORD));
        }
        return new SecretBuilder()
                .withMetadata(metadata(cluster))
                .withType("Opaque")
                .withData(data)
                .build();
    }

    /** What stands under the key already, else something new of 43 letters, digits, - and _. */
    private String kept(Optional<Secret> there, String key) {
        return SecretTexts.encoded(
                there.flatMap(secret -> SecretTexts.text(secret, key)).orElseGet(this::newText));
    }

    private String newText() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
