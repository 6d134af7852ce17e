package io.collabcluster.cluster.adapter;

/** The requests and responses of the classic adapter, in the order of their numbers from 0. */
enum ClassicType {
    SOCKETS,
    ALL_ROOMS,
    REMOTE_JOIN,
    REMOTE_LEAVE,
    REMOTE_DISCONNECT,
    REMOTE_FETCH,
    SERVER_SIDE_EMIT,
    BROADCAST,
    BROADCAST_CLIENT_COUNT,
    BROADCAST_ACK;

    private static final ClassicType[] ALL = values();

    /** @throws MalformedMessage when there is none of this number */
    static ClassicType of(long number) {
        if (number < 0 || number >= ALL.length) {
            throw new MalformedMessage("there is no type " + number);
        }
        return ALL[(int) number];
    }
}
