package io.collabcluster.cluster.adapter;

/** The messages of Node's {@code ClusterAdapter}, in the order of their numbers from 1. */
enum ShardedType {
    INITIAL_HEARTBEAT,
    HEARTBEAT,
    BROADCAST,
    SOCKETS_JOIN,
    SOCKETS_LEAVE,
    DISCONNECT_SOCKETS,
    FETCH_SOCKETS,
    FETCH_SOCKETS_RESPONSE,
    SERVER_SIDE_EMIT,
    SERVER_SIDE_EMIT_RESPONSE,
    BROADCAST_CLIENT_COUNT,
    BROADCAST_ACK,
    ADAPTER_CLOSE;

    private static final ShardedType[] ALL = values();

    int number() {
        return ordinal() + 1;
    }

    /** @throws MalformedMessage when there is none of this number */
    static ShardedType of(long number) {
        if (number < 1 || number > ALL.length) {
            throw new MalformedMessage("there is no type " + number);
        }
        return ALL[(int) number - 1];
    }
}
