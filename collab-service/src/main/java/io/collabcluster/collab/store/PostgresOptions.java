package io.collabcluster.collab.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which Postgres keeps the data.
 *
 * @param url a Postgres URL, of one server or of a replicated set; wins over host, port and database
 * @param sslRootCert any of the three turns TLS on; this one verifies the server
 * @param poolSize most connections at once
 */
public record PostgresOptions(
        Optional<String> url,
        String host,
        int port,
        String database,
        String username,
        Optional<String> password,
        Optional<Path> sslRootCert,
        Optional<Path> sslClientCert,
        Optional<Path> sslClientKey,
        int poolSize) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "PostgresOptions[" + username + "@" + host + ":" + port + "/" + database + "]";
    }
}
