package io.collabcluster.engineio;

/** What all sessions of one server share. */
record Engine(
        EngineOptions options,
        EngineMetrics metrics,
        SessionHandler handler,
        SessionIds ids,
        AddressLimits addresses,
        Sessions sessions,
        Relays relays) {

    /** The open packet's data: exactly these keys. */
    String openData(String sid, TransportName transport) {
        boolean upgradable = transport == TransportName.POLLING
                && options.allowUpgrades()
                && options.transports().contains(TransportName.WEBSOCKET);
        return "{\"sid\":\"" + sid
                + "\",\"upgrades\":[" + (upgradable ? "\"websocket\"" : "")
                + "],\"pingInterval\":" + options.pingInterval().toMillis()
                + ",\"pingTimeout\":" + options.pingTimeout().toMillis()
                + ",\"maxPayload\":" + options.maxHttpBufferSize() + "}";
    }
}
