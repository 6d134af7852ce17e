/**
 * config.json and the environment, read into one typed, immutable configuration.
 *
 * <p>May import the option records of the packages below it.
 */
package io.collabcluster.config;
