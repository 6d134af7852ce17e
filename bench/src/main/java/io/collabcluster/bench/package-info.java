/** The command line of the bench. May import everything below it. */
package io.collabcluster.bench;
