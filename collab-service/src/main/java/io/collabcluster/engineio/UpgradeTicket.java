package io.collabcluster.engineio;

import io.netty.util.AttributeKey;
import java.util.Optional;

/**
 * Admits one WebSocket handshake, which the gate has checked, to the endpoint; it travels on the Netty channel.
 *
 * @param session the one to be upgraded; empty for a new one
 */
record UpgradeTicket(Engine engine, Optional<EngineSession> session, Handshake handshake) {

    static final AttributeKey<UpgradeTicket> KEY = AttributeKey.valueOf(UpgradeTicket.class, "ticket");
}
