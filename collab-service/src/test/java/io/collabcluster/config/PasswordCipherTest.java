package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordCipherTest {

    @TempDir
    Path folder;

    @Test
    void whatOneKeyEncryptsOnlyThatKeyDecrypts() throws Exception {
        PasswordCipher one = PasswordCipher.ofNewKeyFile(folder.resolve("one"));
        PasswordCipher two = PasswordCipher.ofNewKeyFile(folder.resolve("two"));
        String encrypted = one.encrypt("pässword");

        assertThat(PasswordCipher.ofKeyFile(folder.resolve("one")).decrypt(encrypted))
                .isEqualTo("pässword");
        assertThatThrownBy(() -> two.decrypt(encrypted)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void theSamePasswordIsNeverEncryptedTheSame() throws Exception {
        PasswordCipher cipher = PasswordCipher.ofNewKeyFile(folder.resolve("key"));

        assertThat(cipher.encrypt("x")).isNotEqualTo(cipher.encrypt("x"));
    }

    @Test
    void aChangedTextIsFound() throws Exception {
        PasswordCipher cipher = PasswordCipher.ofNewKeyFile(folder.resolve("key"));
        byte[] encrypted = Base64.getDecoder().decode(cipher.encrypt("password"));
        encrypted[encrypted.length - 1] ^= 1;

        assertThatThrownBy(() -> cipher.decrypt(Base64.getEncoder().encodeToString(encrypted)))
                .isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> cipher.decrypt("AAAA")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> cipher.decrypt("not base64!")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void aNewKeyIsItsOwnersAndIsNeverWrittenOver() throws IOException {
        Path file = folder.resolve("key");
        PasswordCipher.ofNewKeyFile(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> PasswordCipher.ofNewKeyFile(file)).isInstanceOf(FileAlreadyExistsException.class);
    }
}
