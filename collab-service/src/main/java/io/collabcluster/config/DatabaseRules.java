package io.collabcluster.config;

import io.collabcluster.collab.store.PostgresOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** {@code dataSource}, {@code dburl} and {@code dataFolder}. */
final class DatabaseRules {

    private final Settings settings;

    DatabaseRules(Settings settings) {
        this.settings = settings;
    }

    /** @param base the folder that a relative data folder starts from */
    Database database(Path base) {
        checkCertificates();
        Optional<String> password = password();
        if (!settings.given(Keys.DATA_SOURCE) && !settings.given(Keys.DB_URL) && !dataSourceFromEnvironment()) {
            Path folder = settings.find(Keys.DATA_FOLDER)
                    .orElseGet(() -> base.resolve(Keys.DATA_FOLDER.fallback().orElseThrow()));
            return new Database.Embedded(folder.toAbsolutePath().normalize(), settings.number(Keys.DB_POOL));
        }
        if (settings.given(Keys.DATA_FOLDER)) {
            settings.warn("dataFolder isn't used: it is the embedded Postgres's, and another one is configured.");
        }
        if (settings.given(Keys.DB_URL) && (settings.given(Keys.DB_HOST) || settings.given(Keys.DB_PORT))) {
            settings.warn("dataSource.host and .port aren't used: dburl wins.");
        }
        return new Database.External(new PostgresOptions(
                settings.find(Keys.DB_URL),
                settings.get(Keys.DB_HOST),
                settings.number(Keys.DB_PORT),
                settings.get(Keys.DB_NAME),
                settings.get(Keys.DB_USER),
                password,
                settings.find(Keys.DB_ROOT_CERT),
                settings.find(Keys.DB_CLIENT_CERT),
                settings.find(Keys.DB_CLIENT_KEY),
                settings.number(Keys.DB_POOL)));
    }

    private boolean dataSourceFromEnvironment() {
        return settings.given(Keys.DB_HOST) || settings.given(Keys.DB_USER) || settings.given(Keys.DB_PASSWORD);
    }

    private Optional<String> password() {
        Optional<String> password = settings.find(Keys.DB_PASSWORD);
        Optional<Path> keyFile = settings.find(Keys.DB_KEY);
        if (keyFile.isEmpty()) {
            return password;
        }
        if (password.isEmpty()) {
            if (!settings.given(Keys.DB_PASSWORD)) {
                settings.fault(
                        Keys.DB_PASSWORD,
                        "there is a key file, but nothing to decrypt",
                        "the text that `./collab encrypt --key-file " + keyFile.get() + "` prints");
            }
            return password;
        }
        try {
            return Optional.of(PasswordCipher.ofKeyFile(keyFile.get()).decrypt(password.get()));
        } catch (IOException e) {
            settings.fault(Keys.DB_KEY, e.getMessage(), "a key file as `./collab encrypt --key-file FILE` makes it");
        } catch (GeneralSecurityException e) {
            settings.fault(
                    Keys.DB_PASSWORD,
                    "the key file " + keyFile.get() + " doesn't decrypt it",
                    "the text that `./collab encrypt --key-file " + keyFile.get() + "` prints");
        }
        return Optional.empty();
    }

    private void checkCertificates() {
        check(Keys.DB_ROOT_CERT);
        check(Keys.DB_CLIENT_CERT);
        settings.find(Keys.DB_CLIENT_KEY).ifPresent(file -> {
            try {
                TlsFiles.bytes(file);
            } catch (Mismatch e) {
                settings.fault(Keys.DB_CLIENT_KEY, e.getMessage(), e.right());
            }
        });
        if (settings.given(Keys.DB_CLIENT_CERT) && !settings.given(Keys.DB_CLIENT_KEY)) {
            settings.fault(Keys.DB_CLIENT_KEY, "sslClientCertFile needs it", "the private key of sslClientCertFile");
        }
        if (settings.given(Keys.DB_CLIENT_KEY) && !settings.given(Keys.DB_CLIENT_CERT)) {
            settings.fault(Keys.DB_CLIENT_CERT, "sslClientKeyFile needs it", "the certificate of sslClientKeyFile");
        }
    }

    private void check(Key<Path> key) {
        settings.find(key).ifPresent(file -> {
            try {
                TlsFiles.checkCertificates(file);
            } catch (Mismatch e) {
                settings.fault(key, e.getMessage(), e.right());
            }
        });
    }
}
