package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.DataSourceSpec;
import io.collabcluster.operator.api.SecretReference;

/** The way to Postgres: what is secret comes from the environment, certificates from files. */
final class DatabaseAccess implements Part {

    static final String FOLDER = "/etc/collab-database";

    @Override
    public void addTo(Draft draft) {
        DataSourceSpec database = draft.cluster.getSpec().dataSource();
        if (database.urlSecret().given()) {
            draft.environment("COLLAB_DBURL", database.urlSecret());
        }
        var credentials = database.credentialsSecret();
        if (credentials.given()) {
            draft.environment(
                    "COLLAB_DATASOURCE_USERNAME", new SecretReference(credentials.name(), credentials.usernameKey()));
            draft.environment(
                    "COLLAB_DATASOURCE_PASSWORD", new SecretReference(credentials.name(), credentials.passwordKey()));
        }
        if (!database.tlsSecret().isEmpty()) {
            draft.files("database-tls", database.tlsSecret(), FOLDER);
        }
    }
}
