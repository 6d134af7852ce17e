package io.collabcluster.bench.scenario;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Sample;
import java.util.List;

/** Something to measure. */
public interface Scenario {

    /** For the command line and in the samples. */
    String id();

    /** One line for {@code --help}. */
    String description();

    /** Whether the peer can do it at all. */
    default boolean fits(Peer peer) {
        return true;
    }

    /** What only this scenario compares with, and others that name it, too. They are given to its {@link #run}, and can't be started otherwise. */
    default List<Peer> peers() {
        return List.of();
    }

    /** Connections that the load generator and the server hold at once, for the check of file descriptors. */
    int connections(Size size);

    /**
     * Starts the peer, measures, stops it.
     *
     * @param run from 1, for the samples
     */
    List<Sample> run(Peer peer, Size size, int run);
}
