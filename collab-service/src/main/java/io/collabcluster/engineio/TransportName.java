package io.collabcluster.engineio;

/** The transports of Engine.IO v4 that this server speaks, by their names on the wire. */
public enum TransportName {
    POLLING("polling"),
    WEBSOCKET("websocket");

    private final String wireName;

    TransportName(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
