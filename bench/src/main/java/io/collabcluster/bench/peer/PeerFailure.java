package io.collabcluster.bench.peer;

/** A peer could not be started, or ended while it was measured. The message has the last lines of its output. */
public final class PeerFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public PeerFailure(String message) {
        super(message);
    }
}
