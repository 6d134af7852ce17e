package io.collabcluster.cluster.roster;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The entries of a group as one node knows them. What comes late or twice changes nothing. Tells of the changes that other
 * nodes' entries make; belongs to one thread.
 */
final class Entries {

    private final String self;
    private final Roster.Listener listener;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private final TreeMap<String, String> values = new TreeMap<>();
    private final Map<String, Long> changedAt = new HashMap<>();
    private final Map<String, Entry> removed = new HashMap<>();
    private long clock;

    /** Of all versions that were ever seen: a member that is put again supersedes what it was. */
    private long highest;

    private int reads;

    Entries(String self, Roster.Listener listener) {
        this.self = self;
        this.listener = listener;
    }

    NavigableMap<String, String> values() {
        return Collections.unmodifiableNavigableMap(values);
    }

    Optional<Entry> own(String member) {
        return Optional.ofNullable(entries.get(member))
                .filter(entry -> entry.node().equals(self));
    }

    Map<String, Entry> own() {
        var own = new HashMap<>(entries);
        own.values().removeIf(entry -> !entry.node().equals(self));
        return own;
    }

    /** The nodes that have entries, but for this one. */
    Set<String> nodes() {
        var nodes = new HashSet<String>();
        entries.values().forEach(entry -> nodes.add(entry.node()));
        nodes.remove(self);
        return nodes;
    }

    /** The member is this node's. */
    Entry take(String member, String value) {
        var entry = new Entry(self, highest + 1, value);
        put(member, entry);
        return entry;
    }

    Entry drop(String member) {
        values.remove(member);
        changedAt.remove(member);
        return entries.remove(member);
    }

    /** Another node has this entry. Answers whether the member was this node's before. */
    boolean accept(String member, Entry entry) {
        Entry before = entries.get(member);
        if (before == null) {
            Entry gone = removed.get(member);
            if (gone == null || entry.supersedes(gone)) {
                put(member, entry);
                listener.joined(member, entry.value());
            }
            return false;
        }
        if (!entry.supersedes(before)) {
            return false;
        }
        put(member, entry);
        boolean wasOwn = before.node().equals(self);
        if (wasOwn) {
            listener.taken(member);
        }
        if (!before.value().equals(entry.value())) {
            listener.updated(member, entry.value());
        }
        return wasOwn;
    }

    /** Another node has removed its member. */
    void remove(String member, String node, long version) {
        highest = Math.max(highest, version);
        Entry before = entries.get(member);
        if (before != null && before.node().equals(node) && before.version() <= version) {
            drop(member);
            listener.left(member, before.value());
        }
        if (reads > 0) {
            removed.put(member, new Entry(node, version, ""));
        }
    }

    /** All entries of a node are gone. */
    void removeAll(String node) {
        removeIf(node, member -> true);
    }

    /** What a node has stored is being read. Answers when, for {@link #read}. */
    long reading() {
        reads++;
        return clock;
    }

    /** What changed since the reading began, is known better than what was read. Answers members that were this node's. */
    List<String> read(String node, long since, Map<String, Entry> stored) {
        var taken = new ArrayList<String>();
        stored.forEach((member, entry) -> {
            if (accept(member, entry)) {
                taken.add(member);
            }
        });
        removeIf(node, member -> !stored.containsKey(member) && changedAt.get(member) <= since);
        readEnded();
        return taken;
    }

    void readEnded() {
        reads--;
        if (reads == 0) {
            removed.clear();
        }
    }

    private void removeIf(String node, Predicate<String> gone) {
        List<String> members = entries.entrySet().stream()
                .filter(entry -> entry.getValue().node().equals(node) && gone.test(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        for (String member : members) {
            listener.left(member, drop(member).value());
        }
    }

    private void put(String member, Entry entry) {
        highest = Math.max(highest, entry.version());
        entries.put(member, entry);
        values.put(member, entry.value());
        changedAt.put(member, ++clock);
    }

    /** Equal where two nodes know the same of a node's entries. */
    String digest(String node) {
        int count = 0;
        long sum = 0;
        for (var entry : entries.entrySet()) {
            if (entry.getValue().node().equals(node)) {
                count++;
                sum ^= mixed(entry.getKey(), entry.getValue().version());
            }
        }
        return count + ":" + Long.toHexString(sum);
    }

    private static long mixed(String member, long version) {
        long hash = version;
        for (int i = 0; i < member.length(); i++) {
            hash = (hash ^ member.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        return hash ^ hash >>> 29;
    }
}
