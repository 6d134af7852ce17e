package io.collabcluster.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM for the database's password: {@code base64(nonce || ciphertext)}. The key file holds 32 bytes, as base64 or
 * hexadecimal.
 */
public final class PasswordCipher {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LARGEST_FILE = 4096;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    private PasswordCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** Fails with a message that names the file and what it should hold. */
    public static PasswordCipher ofKeyFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no key file " + file);
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("the key file " + file + " is too large to hold 32 bytes");
        }
        byte[] key = decoded(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        if (key.length != KEY_BYTES) {
            throw new IOException("the key file " + file + " must hold 32 bytes as base64 or hexadecimal");
        }
        return new PasswordCipher(key);
    }

    /** Makes a key that only the file's owner may read. Fails where the file is there already, or its folder isn't. */
    public static PasswordCipher ofNewKeyFile(Path file) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        String text = Base64.getEncoder().encodeToString(key) + "\n";
        Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
        return new PasswordCipher(key);
    }

    private static byte[] decoded(String text) {
        try {
            return text.matches("[0-9a-fA-F]{64}")
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    public String encrypt(String password) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
        byte[] encrypted = cipher.doFinal(password.getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(nonce, nonce.length + encrypted.length);
        System.arraycopy(encrypted, 0, both, nonce.length, encrypted.length);
        return Base64.getEncoder().encodeToString(both);
    }

    /** Fails where the text was not made with this key, or was changed. */
    public String decrypt(String encrypted) throws GeneralSecurityException {
        byte[] both;
        try {
            both = Base64.getDecoder().decode(encrypted.strip());
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not base64", e);
        }
        if (both.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new GeneralSecurityException("too short");
        }
        Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(both, NONCE_BYTES));
        return new String(cipher.doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES), StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
