package io.collabcluster.status;

/**
 * What {@code /status} says of the configuration.
 *
 * @param scaling {@code horizontal}, {@code vertical} or {@code none}
 * @param logging whether logging is verbose
 */
public record NodeFacts(String version, boolean enableTls, String scaling, boolean logging) {}
