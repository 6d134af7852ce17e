package io.collabcluster.cluster.node;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of a cluster know and nobody else: the configured secret, or one that the first node has put into Redis.
 * Any thread.
 */
public final class NodeSecret {

    /** Of one that is in Redis; shorter ones could be found out by trying. */
    static final int LEAST_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final boolean configured;
    private final String own;
    private volatile Optional<SecretKeySpec> key;

    public NodeSecret(Optional<String> configured) {
        this.configured = configured.isPresent();
        this.own = configured.orElseGet(NodeSecret::random);
        this.key = configured.map(NodeSecret::key);
    }

    private static String random() {
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    private static SecretKeySpec key(String text) {
        return new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** For Redis, where it has none; nothing: it need not know. A secret that was agreed on outlives the loss of Redis' data. */
    String proposal() {
        return configured
                ? ""
                : key.map(k -> new String(k.getEncoded(), StandardCharsets.UTF_8))
                        .orElse(own);
    }

    /** The nodes' secret is the one that Redis has; one that is too short is not believed. */
    void agreed(String text) {
        if (!configured && text.getBytes(StandardCharsets.UTF_8).length >= LEAST_BYTES) {
            key = Optional.of(key(text));
        }
    }

    /** @return HMAC-SHA256 in base64url; empty while the secret is not known yet */
    Optional<String> sign(String text) {
        return key.map(k -> {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(k);
                byte[] code = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
                return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
            }
        });
    }
}
