package io.collabcluster.collab.store;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * TLS to Postgres. With a root certificate the server's chain and host name are verified. With a client certificate alone
 * the connection is encrypted and the client proves itself, but the server is not verified. A URL's {@code sslmode},
 * {@code sslrootcert}, {@code sslcert} and {@code sslkey} mean what they mean to libpq.
 */
record PostgresTls(SslMode mode, Optional<Path> rootCert, Optional<Path> clientCert, Optional<Path> clientKey) {

    static PostgresTls of(PostgresOptions options, Map<String, String> url) {
        Optional<Path> root = PostgresTarget.path(url.get("sslrootcert")).or(options::sslRootCert);
        Optional<Path> cert = PostgresTarget.path(url.get("sslcert")).or(options::sslClientCert);
        Optional<Path> key = PostgresTarget.path(url.get("sslkey")).or(options::sslClientKey);
        if (cert.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("a client certificate for Postgres needs its key, and the key its"
                    + " certificate: give both sslClientCertFile and sslClientKeyFile");
        }
        return new PostgresTls(mode(url, root, cert), root, cert, key);
    }

    private static SslMode mode(Map<String, String> url, Optional<Path> root, Optional<Path> cert) {
        String mode = url.get("sslmode");
        if (mode != null) {
            try {
                return SslMode.of(mode);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "sslmode: expected disable, allow, prefer, require, verify-ca or verify-full");
            }
        }
        if (root.isPresent()) {
            return SslMode.VERIFY_FULL;
        }
        return cert.isPresent() || "true".equals(url.get("ssl")) ? SslMode.REQUIRE : SslMode.DISABLE;
    }

    private boolean verifies() {
        return mode == SslMode.VERIFY_FULL || mode == SslMode.VERIFY_CA;
    }

    void applyTo(PgConnectOptions options) {
        options.setSslMode(mode);
        if (mode == SslMode.DISABLE) {
            return;
        }
        options.setHostnameVerificationAlgorithm(mode == SslMode.VERIFY_FULL ? "HTTPS" : "");
        if (verifies()) {
            rootCert.ifPresent(root -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(root.toString())));
        } else {
            options.setTrustAll(true);
        }
        clientCert.ifPresent(cert -> options.setPemKeyCertOptions(new PemKeyCertOptions()
                .addCertPath(cert.toString())
                .addKeyPath(clientKey.orElseThrow().toString())));
    }

    void applyTo(PGSimpleDataSource source) {
        source.setSslMode(mode.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        if (mode == SslMode.DISABLE) {
            return;
        }
        source.setSslfactory(PemSocketFactory.class.getName());
        if (verifies()) {
            rootCert.ifPresent(root -> source.setSslRootCert(root.toString()));
        }
        clientCert.ifPresent(cert -> source.setSslCert(cert.toString()));
        clientKey.ifPresent(key -> source.setSslKey(key.toString()));
    }
}
