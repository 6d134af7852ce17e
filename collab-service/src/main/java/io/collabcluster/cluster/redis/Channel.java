package io.collabcluster.cluster.redis;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One subscribed channel. Touched on the bus's event loop only. */
final class Channel {

    private final String name;
    /** A listener may leave, or another one come, while a message is given to all. */
    private final List<Heard> listeners = new CopyOnWriteArrayList<>();

    private Optional<Wire> wire = Optional.empty();
    private boolean active;

    Channel(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** On which it was subscribed, confirmed or not. */
    Optional<Wire> wire() {
        return wire;
    }

    boolean isOn(Wire other) {
        return wire.isPresent() && wire.get() == other;
    }

    /** Confirmed. */
    boolean isActive() {
        return active;
    }

    void add(Heard heard) {
        listeners.add(heard);
        if (active) {
            heard.activate();
        }
    }

    /** @return whether it was the last one */
    boolean remove(Heard heard) {
        return listeners.remove(heard) && listeners.isEmpty();
    }

    void moveTo(Wire target) {
        wire = Optional.of(target);
        active = false;
    }

    void leave() {
        wire = Optional.empty();
        active = false;
    }

    void activate() {
        active = true;
        listeners.forEach(Heard::activate);
    }

    void message(Buffer message) {
        listeners.forEach(heard -> heard.message(message));
    }
}
