package io.collabcluster.collab.store;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.NonValidatingFactory.NonValidatingTM;
import org.postgresql.ssl.WrappedFactory;

/** TLS for the migrations' JDBC connection from the same PEM files as the pool's: the driver's own factory reads no PEM keys. */
@RegisterForReflection
public final class PemSocketFactory extends WrappedFactory {

    /** Called by the driver with the connection's properties. */
    public PemSocketFactory(Properties connection) throws Exception {
        String root = connection.getProperty("sslrootcert");
        String cert = connection.getProperty("sslcert");
        TrustManager[] trust = {new NonValidatingTM()};
        if (connection.getProperty("sslmode", "").startsWith("verify")) {
            trust = root == null ? null : trusting(root);
        }
        KeyManager[] keys = cert == null
                ? null
                : new PemKeyCertOptions()
                        .addCertValue(read(cert))
                        .addKeyValue(read(connection.getProperty("sslkey")))
                        .getKeyManagerFactory(null)
                        .getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        factory = context.getSocketFactory();
    }

    private static TrustManager[] trusting(String root) throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream pem = Files.newInputStream(Path.of(root))) {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                roots.setCertificateEntry("root" + roots.size(), certificate);
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        return factory.getTrustManagers();
    }

    private static Buffer read(String path) throws Exception {
        return Buffer.buffer(Files.readAllBytes(Path.of(path)));
    }
}
