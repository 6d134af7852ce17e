package io.collabcluster.engineio;

import java.util.Optional;

/**
 * A WebSocket handshake that the gate has checked.
 *
 * @param session the one to be upgraded; empty for a new one
 */
record UpgradeTicket(Engine engine, Optional<EngineSession> session, Handshake handshake) {}
