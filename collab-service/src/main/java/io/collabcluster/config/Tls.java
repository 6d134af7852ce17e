package io.collabcluster.config;

import java.nio.file.Path;

/** What the server shows its clients. */
public sealed interface Tls {

    /** @param certificate with its chain */
    record Pem(Path privateKey, Path certificate) implements Tls {}

    record Pkcs12(Path keystore, String passphrase) implements Tls {

        /** Keeps the passphrase out of logs. */
        @Override
        public String toString() {
            return "Pkcs12[keystore=" + keystore + "]";
        }
    }
}
