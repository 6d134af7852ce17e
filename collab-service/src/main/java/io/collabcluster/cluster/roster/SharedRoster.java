package io.collabcluster.cluster.roster;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.DroppedMessages;
import io.collabcluster.cluster.redis.Names;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The roster of nodes that share a Redis. Each node stores its own members, and tells the nodes that take part in a group
 * of each change; who may have missed some reads them all again. Nothing depends on what Redis keeps: after it lost its
 * data, each node stores its members anew.
 */
public final class SharedRoster implements Roster {

    private final SharedGroup.Shared shared;
    private final Map<String, SharedGroup> groups = new ConcurrentHashMap<>();
    private final Gone gone = new Gone();

    /** The nodes that have left, lately. */
    private static final class Gone extends LinkedHashMap<String, Boolean> {

        private static final long serialVersionUID = 1;
        private static final int MOST = 1_000;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }

        synchronized void add(String node) {
            put(node, true);
        }

        synchronized boolean take(String node) {
            return remove(node) != null;
        }
    }

    public SharedRoster(Bus bus, Commands commands, Names names, Peers peers) {
        this(bus, commands, names, peers, SharedGroup.Timing.DEFAULTS);
    }

    SharedRoster(Bus bus, Commands commands, Names names, Peers peers, SharedGroup.Timing timing) {
        var store = new RosterStore(commands, names);
        shared = new SharedGroup.Shared(bus, store, names, peers, new DroppedMessages(), timing);
        bus.watch(up -> {
            groups.values().forEach(up ? SharedGroup::restore : SharedGroup::busLost);
        });
        peers.watch(new Peers.Watcher() {
            @Override
            public void joined(String node) {
                boolean again = gone.take(node);
                groups.values().forEach(group -> group.peerJoined(node, again));
            }

            @Override
            public void left(String node) {
                gone.add(node);
                groups.values().forEach(group -> group.peerLeft(node));
            }

            @Override
            public void forgotten() {
                groups.values().forEach(SharedGroup::storeAgain);
            }
        });
    }

    @Override
    public Group open(String group, ScheduledExecutorService home, Listener listener) {
        var opened = new SharedGroup(group, shared, home, listener, () -> groups.remove(group));
        groups.put(group, opened);
        return opened;
    }

    /** Groups that this node takes part in. */
    public int groups() {
        return groups.size();
    }

    /** Messages that were not understood. */
    public long dropped() {
        return shared.dropped().count();
    }

    /** What is stored goes with this node's lease, so that clients who move to another node find their members. */
    @Override
    public void close() {
        groups.clear();
    }
}
