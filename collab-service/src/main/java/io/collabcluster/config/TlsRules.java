package io.collabcluster.config;

import java.nio.file.Path;
import java.util.Optional;

/** {@code enableTls} and its files. */
final class TlsRules {

    private final Settings settings;

    TlsRules(Settings settings) {
        this.settings = settings;
    }

    Optional<Tls> tls() {
        if (!settings.get(Keys.ENABLE_TLS)) {
            return Optional.empty();
        }
        return settings.given(Keys.KEYSTORE) ? pkcs12() : pem();
    }

    private Optional<Tls> pkcs12() {
        Optional<Path> keystore = settings.find(Keys.KEYSTORE);
        Optional<String> passphrase = settings.find(Keys.PASSPHRASE);
        if (!settings.given(Keys.PASSPHRASE)) {
            settings.fault(Keys.PASSPHRASE, "enableTls with keystoreFile needs it", "the passphrase of keystoreFile");
        }
        if (keystore.isEmpty() || passphrase.isEmpty()) {
            return Optional.empty();
        }
        try {
            TlsFiles.checkPkcs12(keystore.get(), passphrase.get());
            return Optional.of(new Tls.Pkcs12(keystore.get(), passphrase.get()));
        } catch (Mismatch e) {
            settings.fault(Keys.KEYSTORE, e.getMessage(), e.right());
            return Optional.empty();
        }
    }

    private Optional<Tls> pem() {
        String right = "privateKeyFile and publicCertFile (PEM), or keystoreFile and passphrase (PKCS12)";
        if (!settings.given(Keys.PRIVATE_KEY) && !settings.given(Keys.PUBLIC_CERT)) {
            settings.fault(Keys.ENABLE_TLS, "there is neither key nor certificate", right);
        } else if (!settings.given(Keys.PRIVATE_KEY)) {
            settings.fault(Keys.PRIVATE_KEY, "enableTls with publicCertFile needs it", right);
        } else if (!settings.given(Keys.PUBLIC_CERT)) {
            settings.fault(Keys.PUBLIC_CERT, "enableTls with privateKeyFile needs it", right);
        }
        Optional<Path> key = settings.find(Keys.PRIVATE_KEY);
        Optional<Path> certificate = settings.find(Keys.PUBLIC_CERT);
        if (key.isEmpty() || certificate.isEmpty()) {
            return Optional.empty();
        }
        try {
            TlsFiles.checkPem(key.get(), certificate.get());
            return Optional.of(new Tls.Pem(key.get(), certificate.get()));
        } catch (Mismatch e) {
            settings.fault(Keys.PRIVATE_KEY, e.getMessage(), e.right());
            return Optional.empty();
        }
    }
}
