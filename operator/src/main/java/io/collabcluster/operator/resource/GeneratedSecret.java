package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** A Secret whose contents the operator makes up once, and then reads back. Deleting it makes a new one. */
abstract class GeneratedSecret extends OwnedResource<Secret> {

    private static final int BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    GeneratedSecret() {
        super(Secret.class);
    }

    /** What stands under the key already, else something new of 43 letters, digits, - and _. */
    final String kept(CollabCluster cluster, Context<CollabCluster> context, String key) {
        Optional<Secret> there =
                selectTargetSecondaryResource(context.getSecondaryResources(Secret.class), cluster, context);
        return there.map(Secret::getData)
                .map(data -> data.get(key))
                .map(GeneratedSecret::decoded)
                .filter(text -> !text.isBlank())
                .orElseGet(this::newText);
    }

    private String newText() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Of {@code data}, as the API server has it: {@code stringData} would never match what is stored. */
    static Map.Entry<String, String> entry(String key, String text) {
        return Map.entry(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
