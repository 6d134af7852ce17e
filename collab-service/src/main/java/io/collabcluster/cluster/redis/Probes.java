package io.collabcluster.cluster.redis;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;

/** A probe for each wire. Touched on the bus's event loop only. */
final class Probes {

    private final Names names;
    private final Wires wires;
    private final Subscriptions subscriptions;
    private final BiConsumer<Wire, RedisException> failed;
    private final String own =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private long made;
    private final List<Probe> probes = new ArrayList<>();

    Probes(Names names, Wires wires, Subscriptions subscriptions, BiConsumer<Wire, RedisException> failed) {
        this.names = names;
        this.wires = wires;
        this.subscriptions = subscriptions;
        this.failed = failed;
    }

    /** Makes those that are missing, or whose channel belongs to another wire by now. */
    void renew() {
        List.copyOf(probes).stream()
                .filter(probe -> !belongs(probe.channel(), probe.wire()))
                .forEach(this::close);
        for (Wire wire : wires.all()) {
            if (probes.stream().noneMatch(probe -> probe.wire() == wire)) {
                channel(wire).ifPresent(channel -> probes.add(new Probe(wire, channel, subscriptions)));
            }
        }
    }

    Future<Void> prove() {
        return Future.all(probes.stream().map(Probe::prove).toList()).mapEmpty();
    }

    void send(int missed) {
        for (Probe probe : List.copyOf(probes)) {
            if (probe.unheard() >= missed) {
                failed.accept(
                        probe.wire(),
                        RedisFault.unavailable("what this process publishes on "
                                + RedisFault.at(probe.wire().server()) + " doesn't come back to it"));
            } else {
                probe.send().onFailure(error -> failed.accept(probe.wire(), (RedisException) error));
            }
        }
    }

    void forget(Wire wire) {
        List.copyOf(probes).stream().filter(probe -> probe.wire() == wire).forEach(this::close);
    }

    private void close(Probe probe) {
        probes.remove(probe);
        probe.close();
    }

    /** Where channels belong to slots, one whose slot is the wire's: of so many names there is one for each master. */
    private Optional<String> channel(Wire wire) {
        for (int attempt = 0; attempt < Shards.SLOTS; attempt++) {
            String channel = names.channel("probe:" + own + ':' + made++);
            if (belongs(channel, wire)) {
                return Optional.of(channel);
            }
        }
        return Optional.empty();
    }

    /** In the classic format, what any node publishes is heard at the home. */
    private boolean belongs(String channel, Wire wire) {
        return !wires.slotted() || wires.ofChannel(channel).equals(Optional.of(wire));
    }
}
