package io.collabcluster.bench;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import java.util.Optional;

/** A peer that no scenario of these tests starts. */
record FakePeer(String id, String name, Optional<String> absence) implements Peer {

    static FakePeer present(String id, String name) {
        return new FakePeer(id, name, Optional.empty());
    }

    static FakePeer absent(String id, String name, String reason) {
        return new FakePeer(id, name, Optional.of(reason));
    }

    @Override
    public boolean polling() {
        return false;
    }

    @Override
    public RunningPeer start(StartOptions options) {
        throw new UnsupportedOperationException();
    }
}
