package io.collabcluster.cli;

import io.collabcluster.config.CollabConfig;

/** Runs the server of a configuration. */
@FunctionalInterface
interface Server {

    /** Comes back when the server has stopped; fails with {@link StartFailure} where it can't start. */
    void run(CollabConfig config);
}
