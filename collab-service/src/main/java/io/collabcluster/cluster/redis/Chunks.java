package io.collabcluster.cluster.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Splits channels into those that one command may name. */
enum Chunks {
    /** In a Redis Cluster, the sharded channels of one command must be of one slot. */
    OF_ONE_SLOT {
        @Override
        void forEach(List<String> channels, Consumer<List<String>> command) {
            Map<Integer, List<String>> bySlot = new LinkedHashMap<>();
            channels.forEach(channel -> bySlot.computeIfAbsent(Shards.slot(channel), _ -> new ArrayList<>())
                    .add(channel));
            bySlot.values().forEach(command);
        }
    },
    /** A long command would hold up the others' messages. */
    OF_SOME {
        @Override
        void forEach(List<String> channels, Consumer<List<String>> command) {
            for (int from = 0; from < channels.size(); from += MOST) {
                command.accept(channels.subList(from, Math.min(channels.size(), from + MOST)));
            }
        }
    };

    private static final int MOST = 256;

    abstract void forEach(List<String> channels, Consumer<List<String>> command);
}
