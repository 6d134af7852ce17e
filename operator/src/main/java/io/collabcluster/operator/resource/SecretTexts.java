package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The texts of a CollabCluster's own Secrets. */
final class SecretTexts {

    private SecretTexts() {}

    /** Of {@code data}, as the API server has it: {@code stringData} would never match what is stored. */
    static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The Secret of that name, where it is the cluster's own. */
    static Optional<Secret> owned(CollabCluster cluster, Context<CollabCluster> context, String name) {
        return context.getSecondaryResources(Secret.class).stream()
                .filter(secret -> secret.getMetadata().getName().equals(name))
                .filter(secret -> secret.hasOwnerReferenceFor(cluster))
                .findFirst();
    }

    /** What stands under the key; empty where nothing does. */
    static Optional<String> text(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get(key))
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8))
                .filter(text -> !text.isBlank());
    }
}
