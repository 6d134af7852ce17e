package io.collabcluster.cluster.roster;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/** One node alone. */
public final class LocalRoster implements Roster {

    @Override
    public Group open(String group, ScheduledExecutorService home, Listener listener) {
        return new LocalGroup();
    }

    @Override
    public void close() {}

    private static final class LocalGroup implements Group {

        private final TreeMap<String, String> members = new TreeMap<>();

        @Override
        public CompletionStage<Void> ready() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public NavigableMap<String, String> members() {
            return Collections.unmodifiableNavigableMap(members);
        }

        @Override
        public void put(String member, String value) {
            members.put(member, value);
        }

        @Override
        public void update(String member, String value) {
            members.replace(member, value);
        }

        @Override
        public void remove(String member) {
            members.remove(member);
        }

        @Override
        public boolean owns(String member) {
            return members.containsKey(member);
        }

        @Override
        public boolean isSettled() {
            return true;
        }

        @Override
        public void close() {}
    }
}
