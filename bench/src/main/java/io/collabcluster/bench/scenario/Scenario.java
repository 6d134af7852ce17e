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
    boolean fits(Peer peer);

    /** Connections that the load generator and the server hold at once, for the check of file descriptors. */
    int connections(Size size);

    /**
     * Starts the peer, measures, stops it.
     *
     * @param run from 1, for the samples
     */
    List<Sample> run(Peer peer, Size size, int run);
}
