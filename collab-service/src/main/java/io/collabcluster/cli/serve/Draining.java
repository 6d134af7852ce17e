package io.collabcluster.cli.serve;

/**
 * The argument of {@code server:draining}.
 *
 * @param window seconds within which the socket is closed
 */
record Draining(long window) {}
