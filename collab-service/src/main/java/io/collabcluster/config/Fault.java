package io.collabcluster.config;

/**
 * One thing that is wrong with the configuration. Never holds a secret.
 *
 * @param path the key, e.g. {@code socketio.pingTimeout}; empty: the file as a whole
 * @param where the file with line and column, or the environment variable
 * @param wrong what is wrong
 * @param right what would be right
 */
public record Fault(String path, String where, String wrong, String right) {}
