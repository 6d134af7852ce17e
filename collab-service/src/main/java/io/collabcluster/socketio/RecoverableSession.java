package io.collabcluster.socketio;

import java.util.Map;
import java.util.Set;

/**
 * What is kept of a lost socket.
 *
 * @param pid the private id that the client comes back with
 * @param data {@link Socket#put}, as it was
 */
public record RecoverableSession(String sid, String pid, Set<String> rooms, Map<Class<?>, Object> data) {}
