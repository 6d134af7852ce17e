package io.collabcluster.collab;

/**
 * The bounds of what people write. Sizes in bytes of UTF-8.
 *
 * @param textBytes a comment's text
 * @param locationBytes a comment's JSON location
 * @param embeddedBytes a comment's embedded object
 * @param pageSize most entries of one page, of a list or of what was missed
 */
public record CollabOptions(
        int textBytes, int locationBytes, int embeddedBytes, int pageSize, PresenceOptions presence) {

    public static final CollabOptions DEFAULTS =
            new CollabOptions(10_000, 4_096, 65_536, 200, PresenceOptions.DEFAULTS);
}
