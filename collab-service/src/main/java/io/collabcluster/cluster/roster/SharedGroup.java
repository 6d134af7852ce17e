package io.collabcluster.cluster.roster;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.cluster.redis.DroppedMessages;
import io.collabcluster.cluster.redis.Names;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One group as this node knows it: what it says of its own members, and what it hears and reads of the others'. */
final class SharedGroup implements Roster.Group {

    /** What all groups of a node have in common. */
    record Shared(Bus bus, RosterStore store, Names names, Peers peers, DroppedMessages dropped, Timing timing) {}

    /**
     * In milliseconds.
     *
     * @param flush after which an update is stored
     * @param check how often everything is stored again, and compared; a node that is silent thrice is read
     * @param retry after a reading that failed
     * @param learn by then a node's lease is known: what it said before everything was read is stored, and was read
     */
    record Timing(long flush, long check, long retry, long learn) {
        static final Timing DEFAULTS = new Timing(1_000, 30_000, 1_000, 15_000);
    }

    private final String name;
    private final String channel;
    private final String self;
    private final Shared shared;
    private final ScheduledExecutorService home;
    private final Runnable closed;
    private final Entries entries;
    private final Bus.Subscription subscription;
    private final ScheduledFuture<?> check;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Set<String> dirty = new HashSet<>();
    private final Map<String, Integer> silent = new HashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<String> unread = new HashSet<>();
    private final Set<String> reading = new HashSet<>();
    private long readAll;
    private int storing;
    private boolean flushing;
    private boolean untold;
    private boolean stored;
    private boolean begun;
    private volatile boolean gone;

    SharedGroup(String name, Shared shared, ScheduledExecutorService home, Roster.Listener listener, Runnable closed) {
        this.name = name;
        this.shared = shared;
        this.home = home;
        this.closed = closed;
        self = shared.peers().self();
        channel = shared.names().channel("roster:" + name);
        entries = new Entries(self, listener);
        subscription = shared.bus().subscribe(channel, message -> onHome(() -> received(message)));
        subscription.active().thenRun(() -> onHome(this::begin));
        long period = shared.timing().check();
        check = home.scheduleAtFixedRate(
                () -> onHome(this::check),
                period / 2 + ThreadLocalRandom.current().nextLong(period / 2 + 1),
                period,
                TimeUnit.MILLISECONDS);
    }

    /** A loop that has ended runs nothing any more. */
    private void onHome(Runnable task) {
        try {
            home.execute(() -> {
                if (!gone) {
                    task.run();
                }
            });
        } catch (RejectedExecutionException _) {
            gone = true;
        }
    }

    /** From here on everything is heard; what was said before is stored, or will be by those who are asked. */
    private void begin() {
        begun = true;
        shared.bus().publish(channel, RosterMessage.who(self));
        readAll();
    }

    /** What was said last may have been lost. */
    void busLost() {
        onHome(() -> untold = true);
    }

    /** The bus was down: nobody heard this node, it heard nobody, and what was stored may be lost. */
    void restore() {
        onHome(() -> {
            storeAll();
            readAll();
        });
    }

    /** What was stored may be lost; the messages went on. */
    void storeAgain() {
        onHome(this::storeAll);
    }

    /** @param again it was there before, and may have stored something: a new node says all that there is to know of it */
    void peerJoined(String node, boolean again) {
        onHome(() -> {
            long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - readAll);
            if (begun && (again || since < shared.timing().learn())) {
                read(node);
            }
        });
    }

    void peerLeft(String node) {
        onHome(() -> {
            unread.remove(node);
            entries.removeAll(node);
            readyWhenRead();
        });
    }

    private void readAll() {
        readAll = System.nanoTime();
        shared.peers().others().forEach(this::read);
        readyWhenRead();
    }

    private void read(String node) {
        if (!reading.add(node)) {
            unread.add(node);
            return;
        }
        unread.remove(node);
        long since = entries.reading();
        shared.store()
                .read(node, name)
                .onComplete(result -> onHome(() -> {
                    reading.remove(node);
                    if (!shared.peers().others().contains(node)) {
                        // What a node has left behind counts no more.
                        entries.readEnded();
                        unread.remove(node);
                    } else if (result.failed()) {
                        entries.readEnded();
                        unread.add(node);
                        home.schedule(
                                () -> onHome(() -> readAgain(node)),
                                shared.timing().retry(),
                                TimeUnit.MILLISECONDS);
                    } else {
                        takeBack(entries.read(node, since, result.result()));
                        readAgain(node);
                    }
                    readyWhenRead();
                }));
    }

    /** While the bus is down there is nothing to read: everything is, when it is back. */
    private void readAgain(String node) {
        if (unread.contains(node) && shared.bus().isUp()) {
            read(node);
        }
    }

    private void readyWhenRead() {
        if (begun && unread.isEmpty() && reading.isEmpty()) {
            ready.complete(null);
        }
    }

    private void received(Buffer message) {
        switch (RosterMessage.decode(message)) {
            case RosterMessage.Put put
            when !put.node().equals(self) ->
                takeBack(
                        entries.accept(put.member(), new Entry(put.node(), put.version(), put.value()))
                                ? List.of(put.member())
                                : List.of());
            case RosterMessage.Removed removed
            when !removed.node().equals(self) -> entries.remove(removed.member(), removed.node(), removed.version());
            case RosterMessage.Sum sum
            when !sum.node().equals(self) -> {
                silent.put(sum.node(), 0);
                if (!entries.digest(sum.node()).equals(sum.digest())) {
                    read(sum.node());
                }
            }
            case RosterMessage.Who who when !who.node().equals(self) && !dirty.isEmpty() -> storeAll();
            case RosterMessage.Garbage garbage -> shared.dropped().add(channel, garbage.fault());
            default -> {
                // Its own word, or a question that what is stored answers.
            }
        }
    }

    /** Members that other nodes have now. */
    private void takeBack(List<String> members) {
        if (!members.isEmpty()) {
            dirty.removeAll(members);
            store(shared.store().erase(self, name, members), _ -> {});
        }
    }

    @Override
    public CompletionStage<Void> ready() {
        return ready;
    }

    @Override
    public NavigableMap<String, String> members() {
        return entries.values();
    }

    @Override
    public boolean owns(String member) {
        return entries.own(member).isPresent();
    }

    /** Stored first: whoever does not hear it, has yet to read. */
    @Override
    public void put(String member, String value) {
        var entry = entries.take(member, value);
        dirty.remove(member);
        var written = stored
                ? shared.store().write(self, name, false, Map.of(member, entry))
                : shared.store().write(self, name, true, entries.own());
        stored = true;
        store(written, done -> entries.own(member).ifPresent(now -> {
            if (!done) {
                dirty.add(member);
                flushSoon();
            }
            publish(RosterMessage.put(self, now, member));
        }));
    }

    @Override
    public void update(String member, String value) {
        if (owns(member)) {
            publish(RosterMessage.put(self, entries.take(member, value), member));
            dirty.add(member);
            flushSoon();
        }
    }

    @Override
    public void remove(String member) {
        if (owns(member)) {
            long version = entries.drop(member).version();
            dirty.remove(member);
            store(shared.store().erase(self, name, List.of(member)), done -> {
                if (!done) {
                    untold = true;
                    flushSoon();
                }
                publish(RosterMessage.removed(self, version, member));
            });
        }
    }

    /** @param then told whether it is stored */
    private void store(Future<Void> change, Consumer<Boolean> then) {
        storing++;
        change.onComplete(result -> onHome(() -> {
            storing--;
            then.accept(result.succeeded());
        }));
    }

    private void publish(Buffer message) {
        if (!shared.bus().publish(channel, message)) {
            untold = true;
            flushSoon();
        }
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            home.schedule(() -> onHome(this::flush), shared.timing().flush(), TimeUnit.MILLISECONDS);
        }
    }

    private void flush() {
        flushing = false;
        if (!shared.bus().isUp()) {
            return; // Everything is stored and told when it is back.
        }
        if (untold) {
            storeAll();
            return;
        }
        var changed = new HashMap<String, Entry>();
        dirty.forEach(member -> entries.own(member).ifPresent(entry -> changed.put(member, entry)));
        dirty.clear();
        if (!changed.isEmpty()) {
            store(shared.store().write(self, name, false, changed), done -> {
                if (!done) {
                    dirty.addAll(changed.keySet());
                    flushSoon();
                }
            });
        }
    }

    /** Then everybody compares what he knows of this node with the digest, and reads what is stored if it differs. */
    private void storeAll() {
        untold = false;
        var own = entries.own();
        dirty.clear();
        stored = true;
        var written = own.isEmpty()
                ? shared.store().forget(self, name)
                : shared.store().write(self, name, true, own);
        store(written, done -> {
            if (!done || !shared.bus().publish(channel, RosterMessage.sum(self, entries.digest(self)))) {
                untold = true;
                flushSoon();
            }
        });
    }

    /** What the messages may have failed to say. */
    private void check() {
        if (!shared.bus().isUp()) {
            return;
        }
        storeAll();
        var nodes = entries.nodes();
        silent.keySet().retainAll(nodes);
        var others = shared.peers().others();
        for (String node : nodes) {
            if (silent.merge(node, 1, Integer::sum) > 3) {
                silent.put(node, 0);
                read(node);
            }
            if (!others.contains(node) && absent.contains(node)) {
                entries.removeAll(node);
            }
        }
        absent.clear();
        nodes.stream().filter(node -> !others.contains(node)).forEach(absent::add);
    }

    @Override
    public boolean isSettled() {
        return storing == 0 && !untold && dirty.isEmpty();
    }

    @Override
    public void close() {
        if (!gone) {
            gone = true;
            check.cancel(false);
            subscription.close();
            closed.run();
        }
    }
}
