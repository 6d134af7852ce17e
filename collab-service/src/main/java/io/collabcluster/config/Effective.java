package io.collabcluster.config;

/**
 * A setting that differs from its default.
 *
 * @param value for people; {@code ***} for a secret
 * @param where the file with line and column, or the environment variable
 */
public record Effective(String path, String value, String where) {}
