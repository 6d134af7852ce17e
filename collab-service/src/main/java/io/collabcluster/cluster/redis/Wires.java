package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.cluster.redis.RedisOptions.Mode;
import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The connections to all masters, and which of them a channel belongs to. Touched on the bus's event loop only. */
final class Wires {

    private final RedisOptions options;
    private final Connector connector;
    private final Inspection inspection;
    private final Topology topology;
    private final Map<Server, Wire> open = new LinkedHashMap<>();
    private Shards shards = new Shards(List.of());
    /** Where everything is published and heard, in the classic format. A cluster hands it on between its nodes. */
    private Optional<Wire> home = Optional.empty();

    Wires(Vertx vertx, RedisOptions options, Timing timing) {
        this.options = options;
        connector = new Connector(vertx, options, timing);
        inspection = new Inspection(options, timing.answer());
        topology = Topology.of(options, connector, timing);
    }

    /**
     * Looks for the masters, and opens what is missing.
     *
     * @param opened told of each, at once
     * @param gone told of each that is a master no more; close it
     * @return when there is one for each master; with a failure the others stay
     */
    Future<Void> complete(Consumer<Wire> opened, Consumer<Wire> gone) {
        return topology.find().compose(found -> {
            shards = found;
            List<Server> masters = found.masters();
            all().stream().filter(wire -> !masters.contains(wire.server())).forEach(gone);
            List<Future<?>> opening = new ArrayList<>();
            for (Server master : masters) {
                if (!open.containsKey(master)) {
                    opening.add(Wire.open(master, connector, inspection, options.format())
                            .onSuccess(wire -> {
                                open.put(master, wire);
                                opened.accept(wire);
                            }));
                }
            }
            return Future.join(opening).onSuccess(_ -> chooseHome()).mapEmpty();
        });
    }

    private void chooseHome() {
        if (home.isEmpty()) {
            List<Wire> wires = all();
            home = Optional.of(wires.get(ThreadLocalRandom.current().nextInt(wires.size())));
        }
    }

    List<Wire> all() {
        return List.copyOf(open.values());
    }

    /** @return whether it was there */
    boolean remove(Wire wire) {
        home = home.filter(other -> other != wire);
        return open.remove(wire.server(), wire);
    }

    /** Whether the channels of one command must be of one slot. */
    boolean slotted() {
        return options.mode() == Mode.CLUSTER && options.format() == Format.SHARDED;
    }

    Optional<Wire> ofChannel(String channel) {
        return options.format() == Format.CLASSIC ? home : ofKey(channel);
    }

    Optional<Wire> ofKey(String key) {
        return shards.master(Shards.slot(key)).map(open::get);
    }
}
