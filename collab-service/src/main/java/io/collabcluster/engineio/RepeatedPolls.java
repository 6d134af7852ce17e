package io.collabcluster.engineio;

import java.util.Optional;

/**
 * Tells a GET that was sent again, unasked, from the next one. Browsers, HTTP libraries and proxies do that when a
 * connection breaks before they have the answer (RFC 9110 section 9.2.2), which then is lost, with all that was in it.
 */
final class RepeatedPolls {

    enum Poll {
        /** The client has what it was sent before. */
        NEXT,
        /** It doesn't: it asks for that once more. */
        AGAIN,
        /** It may be either. */
        UNCLEAR
    }

    /** Empty before the first GET. */
    private Optional<Optional<String>> first = Optional.empty();

    private Optional<String> previous = Optional.empty();

    /**
     * The next GET of a session, its handshake included.
     *
     * @param timestamp what most clients tell their GETs apart by; see {@link PollingExchange#timestamp}
     */
    Poll include(Optional<String> timestamp) {
        boolean same = timestamp.equals(previous);
        // A client that still has its first one never changes it.
        boolean changes = first.filter(timestamp::equals).isEmpty();
        if (first.isEmpty()) {
            first = Optional.of(timestamp);
        }
        previous = timestamp;
        if (timestamp.isPresent() && !same) {
            return Poll.NEXT;
        }
        return timestamp.isPresent() && changes ? Poll.AGAIN : Poll.UNCLEAR;
    }
}
