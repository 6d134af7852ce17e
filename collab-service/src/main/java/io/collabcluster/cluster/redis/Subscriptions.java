package io.collabcluster.cluster.redis;

import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Which channels are heard, by whom here, and on which wire. Touched on the bus's event loop only. */
final class Subscriptions {

    private final ContextInternal context;
    private final Map<String, Channel> channels = new HashMap<>();
    /** Where a channel belongs now; empty while Redis is away. */
    private Function<String, Optional<Wire>> route = _ -> Optional.empty();

    private Chunks chunks = Chunks.OF_SOME;

    private final Set<String> changed = new LinkedHashSet<>();
    private final Map<Wire, List<String>> left = new LinkedHashMap<>();
    private Placement placement = new Placement(Set.of());

    Subscriptions(ContextInternal context) {
        this.context = context;
    }

    void add(Heard heard) {
        channels.computeIfAbsent(heard.name(), name -> {
                    changed(name);
                    return new Channel(name);
                })
                .add(heard);
    }

    void remove(Heard heard) {
        Channel channel = channels.get(heard.name());
        if (channel == null || !channel.remove(heard)) {
            return;
        }
        channels.remove(channel.name());
        placement.settled(channel);
        channel.wire().ifPresent(wire -> {
            left.computeIfAbsent(wire, _ -> new ArrayList<>()).add(channel.name());
            changed(channel.name());
        });
    }

    /** Redis confirms. */
    void confirmed(Wire wire, String name) {
        Channel channel = channels.get(name);
        if (channel != null && channel.isOn(wire)) {
            channel.activate();
            placement.settled(channel);
        }
    }

    void message(String name, Response message) {
        Channel channel = channels.get(name);
        if (channel != null) {
            channel.message(message.toBuffer());
        }
    }

    /** The channel isn't heard any more on this wire, where it was. */
    void ended(Wire wire, String name) {
        Channel channel = channels.get(name);
        if (channel != null && channel.isOn(wire)) {
            channel.leave();
        }
    }

    /** Nothing is heard any more on this wire. */
    void ended(Wire wire) {
        left.remove(wire);
        channels.values().stream().filter(channel -> channel.isOn(wire)).forEach(Channel::leave);
    }

    void refused(RedisException error) {
        placement.fail(error);
    }

    /**
     * Subscribes everything that is not where it belongs.
     *
     * @param chunks which channels one command may name
     * @return done when all of it is confirmed
     */
    Placement place(Function<String, Optional<Wire>> route, Chunks chunks) {
        this.route = route;
        this.chunks = chunks;
        changed.clear();
        leaveAll();
        Set<Channel> astray = new HashSet<>();
        for (Channel channel : channels.values()) {
            if (!channel.isActive() || !route.apply(channel.name()).equals(channel.wire())) {
                astray.add(channel);
            }
        }
        placement = new Placement(astray);
        subscribe(astray);
        return placement;
    }

    /** Redis is away, or where the channels belong is not known any more. */
    void lost() {
        route = _ -> Optional.empty();
    }

    /** With the others of this tick. */
    private void changed(String name) {
        if (changed.isEmpty()) {
            context.runOnContext(_ -> flush());
        }
        changed.add(name);
    }

    private void flush() {
        leaveAll();
        List<Channel> fresh = new ArrayList<>();
        for (String name : changed) {
            Channel channel = channels.get(name);
            if (channel != null && channel.wire().isEmpty()) {
                fresh.add(channel);
            }
        }
        changed.clear();
        subscribe(fresh);
    }

    private void leaveAll() {
        left.forEach((wire, names) -> chunks.forEach(names, wire::unsubscribe));
        left.clear();
    }

    private void subscribe(Iterable<Channel> wanted) {
        Map<Wire, List<String>> byWire = new LinkedHashMap<>();
        for (Channel channel : wanted) {
            route.apply(channel.name()).ifPresent(wire -> {
                channel.moveTo(wire);
                byWire.computeIfAbsent(wire, _ -> new ArrayList<>()).add(channel.name());
            });
        }
        byWire.forEach((wire, names) -> chunks.forEach(names, wire::subscribe));
    }
}
