package io.collabcluster.access;

import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Private root CAs, which are trusted beside the system's. */
final class TrustedCerts {

    private TrustedCerts() {}

    /** @param files PEM, which the configuration has looked into already */
    static TrustOptions besideTheSystems(List<Path> files) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate certificate : trustManager(null).getAcceptedIssuers()) {
                store.setCertificateEntry("system-" + count++, certificate);
            }
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    for (Certificate certificate :
                            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                        store.setCertificateEntry("private-" + count++, certificate);
                    }
                }
            }
            return TrustOptions.wrap(trustManager(store));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("trustedCerts can't be read: " + files, e);
        }
    }

    /** @param store null: the system's */
    private static X509TrustManager trustManager(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no X.509 trust manager");
    }
}
