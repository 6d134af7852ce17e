package io.collabcluster.socketio;

import java.util.List;

/** A session that was taken back. */
public interface RestoredSession {

    RecoverableSession session();

    /** What the client missed until now. Called once on the new socket's loop, right after it joined its rooms. */
    List<Packet.Event> missed();
}
