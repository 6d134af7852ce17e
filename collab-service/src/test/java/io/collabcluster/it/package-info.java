/** The packaged server as a process of its own: what only shows when it is started, killed, stopped and loaded. */
package io.collabcluster.it;
