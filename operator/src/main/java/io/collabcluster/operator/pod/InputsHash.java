package io.collabcluster.operator.pod;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** A hash of all that a pod reads once, at its start: another one means that pods have to be replaced. */
public final class InputsHash {

    private final MessageDigest digest;

    public InputsHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** @param data base64 by key, as in a Secret, or text by key, as in a ConfigMap */
    public InputsHash with(String name, Map<String, String> data) {
        add(name);
        digest.update(ByteBuffer.allocate(4).putInt(data.size()).array());
        new TreeMap<>(data).forEach((key, value) -> {
            add(key);
            add(value);
        });
        return this;
    }

    /** Each text with its length, so that no two lists of texts are the same bytes. */
    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }

    /** 32 hexadecimal digits. */
    public String text() {
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }
}
