package io.collabcluster.config;

import io.collabcluster.collab.store.PostgresOptions;
import java.nio.file.Path;

/** Where the data is kept. */
public sealed interface Database {

    /** A Postgres that this node starts by itself. */
    record Embedded(Path folder, int poolSize) implements Database {}

    record External(PostgresOptions options) implements Database {}
}
