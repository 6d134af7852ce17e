/**
 * Engine.IO v4: packets, sessions, heartbeats, the polling and WebSocket transports, and the upgrade between them.
 *
 * <p>The lowest package: imports nothing of this project.
 */
package io.collabcluster.engineio;
