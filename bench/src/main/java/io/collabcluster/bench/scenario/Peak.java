package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Pause;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.peer.RunningPeer;

/** The most memory that a peer had resident at any time of some stretch, looked at ten times a second. */
final class Peak implements AutoCloseable {

    private static final long EVERY_MILLIS = 100;

    private final RunningPeer peer;
    private final Thread thread;
    private volatile boolean over;
    private volatile long most;

    private Peak(RunningPeer peer) {
        this.peer = peer;
        this.thread = Thread.ofPlatform().daemon().name("memory of the peer").unstarted(this::watch);
    }

    static Peak of(RunningPeer peer) {
        var peak = new Peak(peer);
        peak.most = peer.usage().residentBytes();
        peak.thread.start();
        return peak;
    }

    private void watch() {
        try {
            while (!over) {
                look();
                Pause.millis(EVERY_MILLIS);
            }
        } catch (PeerFailure gone) {
            // Who measures it hears of that, too.
        }
    }

    private synchronized void look() {
        most = Math.max(most, peer.usage().residentBytes());
    }

    /** Until now. @throws PeerFailure when it has ended */
    long bytes() {
        look();
        return most;
    }

    @Override
    public void close() {
        over = true;
    }
}
