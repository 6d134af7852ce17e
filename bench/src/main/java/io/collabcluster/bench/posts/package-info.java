/**
 * Comment posts into Postgres: by authors at a server of ours, and by pgbench with the same statement.
 *
 * <p>May import {@code peer}.
 */
package io.collabcluster.bench.posts;
