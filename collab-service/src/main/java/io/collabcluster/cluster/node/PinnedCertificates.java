package io.collabcluster.cluster.node;

import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/**
 * Trusts the certificates that live nodes have named in the registry, and no others: who signed them, and for which
 * host, says nothing here.
 */
final class PinnedCertificates extends X509ExtendedTrustManager {

    private final Predicate<String> named;

    /** @param named whether a live node has a certificate of this hash, see {@link #hash} */
    PinnedCertificates(Predicate<String> named) {
        this.named = named;
    }

    /** SHA-256 in hexadecimal of the certificate that a server shows. @throws IllegalArgumentException when there is none */
    static String hash(KeyCertOptions server, Vertx vertx) {
        try {
            for (var manager : server.getKeyManagerFactory(vertx).getKeyManagers()) {
                if (manager instanceof X509KeyManager keys) {
                    for (String type : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS"}) {
                        String[] aliases = keys.getServerAliases(type, null);
                        if (aliases != null && aliases.length > 0) {
                            return hash(keys.getCertificateChain(aliases[0])[0]);
                        }
                    }
                }
            }
        } catch (Exception e) {
            throw new IllegalArgumentException("the server's certificate can't be read: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("the server has no certificate");
    }

    private static String hash(X509Certificate certificate) throws CertificateEncodingException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0 || !named.test(hash(chain[0]))) {
            throw new CertificateException("no live node of this cluster has named this certificate");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("nodes show no client certificate");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
