package io.collabcluster.cluster.node;

import io.collabcluster.engineio.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The live nodes as this one knows them. Reading: any thread; the rest: one at a time. A Redis that has forgotten the
 * nodes does not make them leave: each has the length of a lease to come back.
 */
final class LiveNodes {

    private record Seen(NodeRecord node, long ends) {}

    private final LongSupplier clock;
    private final Duration lease;
    private Map<String, Seen> seen = Map.of();
    private long patienceEnds;
    private boolean patient;
    private volatile Map<String, NodeRecord> byId = Map.of();

    /** @param clock nanoseconds, of no epoch */
    LiveNodes(LongSupplier clock, Duration lease) {
        this.clock = clock;
        this.lease = lease;
    }

    /** In the order of their ids. */
    Collection<NodeRecord> all() {
        return byId.values();
    }

    Optional<NodeRecord> find(NodeId id) {
        return Optional.ofNullable(byId.get(id.text()));
    }

    /** Redis has lost this node's lease, and so maybe the others'. */
    void forgotten() {
        patient = true;
        patienceEnds = clock.getAsLong() + lease.toNanos();
    }

    /** Takes in what Redis says; then tells who has left, and who has joined. */
    void update(List<Leases.Lease> live, Consumer<NodeRecord> left, Consumer<NodeRecord> joined) {
        long now = clock.getAsLong();
        patient = patient && now - patienceEnds < 0;
        var next = new HashMap<String, Seen>();
        live.forEach(of ->
                next.put(of.node().uid(), new Seen(of.node(), now + of.left().toNanos())));
        if (patient) {
            seen.forEach((uid, kept) -> {
                if (live.stream()
                        .noneMatch(of -> of.node().id().equals(kept.node().id()))) {
                    next.putIfAbsent(uid, new Seen(kept.node(), patienceEnds));
                }
            });
        }
        var gone = new ArrayList<Seen>();
        seen.forEach((uid, was) -> {
            if (!next.containsKey(uid)) {
                gone.add(was);
            }
        });
        var come = next.entrySet().stream()
                .filter(entry -> !seen.containsKey(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        seen = next;
        var sorted = new TreeMap<String, NodeRecord>();
        next.values().forEach(of -> sorted.put(of.node().id().text(), of.node()));
        byId = sorted;
        gone.forEach(of -> left.accept(of.node()));
        come.forEach(of -> joined.accept(of.node()));
    }

    /** Until the first of them has to be looked at again, because its lease may have ended; at most so long. */
    Duration untilNextEnd(Duration most) {
        long now = clock.getAsLong();
        long next =
                seen.values().stream().mapToLong(of -> of.ends() - now).min().orElse(Long.MAX_VALUE);
        return Duration.ofNanos(Math.max(0, Math.min(next, most.toNanos())));
    }
}
