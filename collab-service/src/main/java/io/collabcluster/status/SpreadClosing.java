package io.collabcluster.status;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.Session;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes sessions one by one over a window, so that their clients do not all reconnect at once.
 *
 * @param count how many there are
 */
record SpreadClosing(Duration window, int count) {

    /** Few sessions need no more room than this between them: the window is for many. */
    private static final long MOST_GAP_MILLIS = 250;
    /** Of the window: the rest is for the goodbyes that are still on their way. */
    private static final double CLOSING_SHARE = 0.9;

    /** On the session's loop. @param turn from 1 */
    void close(Session session, int turn) {
        double share = CLOSING_SHARE * window.toMillis() / Math.max(1, count);
        long delay = Math.round(Math.min(MOST_GAP_MILLIS, share) * turn);
        session.loop()
                .schedule(
                        () -> session.close(CloseReason.SERVER_SHUTTING_DOWN),
                        Math.min(delay, window.toMillis()),
                        TimeUnit.MILLISECONDS);
    }
}
