/** Postgres: the connection pool, the schema's migrations, and the embedded server of a standalone node. */
package io.collabcluster.collab.store;
