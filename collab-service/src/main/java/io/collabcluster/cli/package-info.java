/** The sub-commands of the one binary, and the wiring of a node. May import every package below. */
package io.collabcluster.cli;
