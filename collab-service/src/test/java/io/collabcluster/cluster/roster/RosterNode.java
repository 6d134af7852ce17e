package io.collabcluster.cluster.roster;

import io.collabcluster.cluster.FakeBus;
import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** A node that takes part in one group, and what it was told. */
final class RosterNode implements Peers, Roster.Listener, AutoCloseable {

    static final String GROUP = "report: 7";
    static final SharedGroup.Timing TIMING = new SharedGroup.Timing(50, 300, 50, 1_000);

    /** Nothing is stored or compared on the quiet. */
    static final SharedGroup.Timing UNCHECKED = new SharedGroup.Timing(50, 3_600_000, 50, 0);

    /** All nodes that have a lease. */
    private final Map<String, RosterNode> alive;

    private final String id;
    private final ScheduledExecutorService home = Executors.newSingleThreadScheduledExecutor();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Map<String, String> asTold = new ConcurrentHashMap<>();
    private final List<String> contradictions = new CopyOnWriteArrayList<>();
    final FakeBus bus;
    final SharedRoster roster;
    private Roster.Group group;

    RosterNode(
            String id,
            Map<String, RosterNode> alive,
            FakeBus.Network network,
            Commands commands,
            SharedGroup.Timing timing) {
        this.id = id;
        this.alive = alive;
        bus = network.bus();
        roster = new SharedRoster(bus, commands, new Names("test"), this, timing);
        join();
    }

    private void join() {
        alive.put(id, this);
        others(node -> node.watchers.forEach(watcher -> watcher.joined(id)));
    }

    /** Its lease ends. */
    void die() {
        bus.up(false);
        lapse();
    }

    /** Its lease ends, and nothing else happens to it. */
    void lapse() {
        alive.remove(id);
        others(node -> node.watchers.forEach(watcher -> watcher.left(id)));
    }

    void comeBack() {
        join();
    }

    void forgotten() {
        watchers.forEach(Watcher::forgotten);
    }

    boolean isSettled() {
        return onHome(Roster.Group::isSettled);
    }

    private void others(Consumer<RosterNode> word) {
        alive.values().stream().filter(node -> node != this).forEach(word);
    }

    RosterNode open() {
        onHome(any -> {
            group = roster.open(GROUP, home, this);
            return group;
        });
        return this;
    }

    RosterNode ready() {
        onHome(Roster.Group::ready)
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        return this;
    }

    void put(String member, String value) {
        onHome(any -> {
            any.put(member, value);
            return any;
        });
    }

    void update(String member, String value) {
        onHome(any -> {
            any.update(member, value);
            return any;
        });
    }

    void remove(String member) {
        onHome(any -> {
            any.remove(member);
            return any;
        });
    }

    boolean owns(String member) {
        return onHome(any -> any.owns(member));
    }

    Map<String, String> members() {
        return onHome(any -> new TreeMap<>(any.members()));
    }

    void leaveGroup() {
        onHome(any -> {
            any.close();
            return any;
        });
    }

    <T> T onHome(Function<Roster.Group, T> task) {
        return CompletableFuture.supplyAsync(() -> task.apply(group), home)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    List<String> told() {
        return told;
    }

    /** What the events were wrong about: a member that joined twice, or left without being there. */
    List<String> contradictions() {
        return contradictions;
    }

    @Override
    public String self() {
        return id;
    }

    @Override
    public Set<String> others() {
        var others = new HashSet<>(alive.keySet());
        others.remove(id);
        return others;
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void joined(String member, String value) {
        told.add("joined " + member + " " + value);
        if (asTold.put(member, value) != null) {
            contradictions.add(member + " joined twice");
        }
    }

    @Override
    public void updated(String member, String value) {
        told.add("updated " + member + " " + value);
        asTold.put(member, value);
    }

    @Override
    public void left(String member, String value) {
        told.add("left " + member + " " + value);
        if (asTold.remove(member) == null) {
            contradictions.add(member + " left twice");
        }
    }

    @Override
    public void taken(String member) {
        told.add("taken " + member);
        asTold.put(member, "");
    }

    @Override
    public void close() {
        home.shutdownNow();
    }
}
