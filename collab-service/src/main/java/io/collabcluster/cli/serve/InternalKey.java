package io.collabcluster.cli.serve;

import io.collabcluster.config.Tls;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PfxOptions;

/** What the port for the other nodes shows: the same as the port for clients. */
final class InternalKey {

    private InternalKey() {}

    static KeyCertOptions of(Tls tls) {
        return switch (tls) {
            case Tls.Pem(var key, var certificate) ->
                new PemKeyCertOptions().setKeyPath(key.toString()).setCertPath(certificate.toString());
            case Tls.Pkcs12(var keystore, var passphrase) ->
                new PfxOptions().setPath(keystore.toString()).setPassword(passphrase);
        };
    }
}
