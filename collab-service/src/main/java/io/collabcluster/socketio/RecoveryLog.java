package io.collabcluster.socketio;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was delivered on one event loop of a namespace, in the order in which its sockets got it, and the sockets that it
 * has lost. Bounded in number, bytes and time; touched on its loop only.
 */
final class RecoveryLog {

    static final int MOST_EVENTS = 10_000;
    static final int MOST_BYTES = 16 << 20;
    static final int MOST_SESSIONS = 10_000;

    private final long longestNanos;
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Map<String, RecoverableSession> sessions = new LinkedHashMap<>();
    private long bytes;
    private long lastEvicted;

    RecoveryLog(long longestNanos) {
        this.longestNanos = longestNanos;
    }

    /**
     * An event that can be delivered once more.
     *
     * @param number of the namespace's events, rising; its offset is made of it
     * @param targets the loops that it was given to
     */
    record Entry(long number, Packet.Event event, BroadcastOptions options, List<RoomIndex> targets, long nanos) {

        static String offset(long number) {
            return Long.toString(number, Character.MAX_RADIX);
        }

        boolean concerns(Set<String> rooms) {
            return (options.rooms().isEmpty() || options.rooms().stream().anyMatch(rooms::contains))
                    && options.except().stream().noneMatch(rooms::contains);
        }
    }

    /** What one loop knew when a session was taken from it. */
    record Taken(RoomIndex from, RecoverableSession session, List<Entry> after, Set<Long> known, long lastEvicted) {

        /** Given to the old loop, and not delivered there when the session was taken. */
        boolean wasUnderWay(Entry entry) {
            return entry.targets().contains(from) && !known.contains(entry.number()) && entry.number() > lastEvicted;
        }
    }

    void add(Entry entry) {
        entries.put(entry.number(), entry);
        bytes += entry.event().arguments().bytes();
        var oldest = entries.values().iterator();
        while (bytes > MOST_BYTES || entries.size() > MOST_EVENTS || expired(entries)) {
            Entry evicted = oldest.next();
            oldest.remove();
            bytes -= evicted.event().arguments().bytes();
            lastEvicted = Math.max(lastEvicted, evicted.number());
        }
    }

    private boolean expired(Map<Long, Entry> all) {
        return !all.isEmpty()
                && System.nanoTime() - all.values().iterator().next().nanos() > longestNanos;
    }

    /** @return the pid of a session that had to make room */
    Optional<String> keep(RecoverableSession session) {
        sessions.put(session.pid(), session);
        if (sessions.size() <= MOST_SESSIONS) {
            return Optional.empty();
        }
        String oldest = sessions.keySet().iterator().next();
        sessions.remove(oldest);
        return Optional.of(oldest);
    }

    /** @return false when it was taken; its client may have been lost once more since, which is another session */
    boolean forget(RecoverableSession session) {
        boolean kept = sessions.get(session.pid()) == session;
        if (kept) {
            sessions.remove(session.pid());
        }
        return kept;
    }

    /**
     * Takes a session back. Empty when the session or its last event is not known here any more.
     *
     * @param from this log's loop
     */
    Optional<Taken> take(String pid, String offset, RoomIndex from) {
        RecoverableSession session = sessions.remove(pid);
        if (session == null) {
            return Optional.empty();
        }
        var after = new ArrayList<Entry>();
        boolean found = false;
        for (Entry entry : entries.values()) {
            if (found) {
                after.add(entry);
            }
            found |= Entry.offset(entry.number()).equals(offset);
        }
        return found
                ? Optional.of(new Taken(from, session, after, new HashSet<>(entries.keySet()), lastEvicted))
                : Optional.empty();
    }

    /**
     * What a session missed until now, seen from the loop on which it lives on: what its old loop delivered after the
     * offset, unless it is still under way to this one, and what was delivered here and not yet there.
     *
     * @param here this log's loop
     */
    List<Packet.Event> missed(Taken taken, RoomIndex here) {
        var missed = new ArrayList<Entry>();
        for (Entry entry : taken.after()) {
            boolean delivered = entries.containsKey(entry.number()) || entry.number() <= lastEvicted;
            if (delivered || !entry.targets().contains(here)) {
                missed.add(entry);
            }
        }
        for (Entry entry : entries.values()) {
            if (taken.wasUnderWay(entry)) {
                missed.add(entry);
            }
        }
        missed.removeIf(entry -> !entry.concerns(taken.session().rooms()));
        missed.sort((a, b) -> Long.compare(a.number(), b.number()));
        return missed.stream().map(Entry::event).toList();
    }
}
