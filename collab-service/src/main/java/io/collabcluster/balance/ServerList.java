package io.collabcluster.balance;

import io.collabcluster.status.NodeState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * The servers that a client with some key should try, best first: {@code {"ttl":seconds,"servers":[{"id","url","weight",
 * "load","state"}]}}.
 *
 * @param ttl how long the answer is worth something
 */
public record ServerList(Duration ttl, List<ServerRecord> servers) {

    /** A node that has died is off the list after its lease, and off everybody's copy after this. */
    public static final Duration TTL = Duration.ofSeconds(10);

    /** A node with more than so much of the mean load is left out until it has less. */
    private static final double CROWDED = 1.25;

    /** Where everybody has little to do, a share says nothing. */
    private static final double FEW = 10;

    /**
     * @param nodes all that there are; those that aren't running, and those that have much more to do than the others, are
     *     left out
     * @param key clients with the same key get the same order
     * @param most 1 or more
     */
    public static ServerList of(List<ServerRecord> nodes, String key, int most) {
        var running =
                nodes.stream().filter(node -> node.state() == NodeState.RUNNING).toList();
        double mean = running.stream().mapToDouble(ServerRecord::load).average().orElse(0);
        double crowded = Math.max(mean * CROWDED, mean + FEW);
        var chosen = running.stream()
                .filter(node -> node.load() <= crowded)
                .sorted(Rendezvous.order(key))
                .limit(most)
                .toList();
        return new ServerList(TTL, chosen);
    }

    public JsonObject json() {
        var list = new JsonArray();
        for (ServerRecord server : servers) {
            list.add(new JsonObject()
                    .put("id", server.id())
                    .put("url", server.url())
                    .put("weight", server.weight())
                    .put("load", Math.round(server.load() * 10) / 10.0)
                    .put("state", server.state().wireName()));
        }
        return new JsonObject().put("ttl", ttl.toSeconds()).put("servers", list);
    }

    /** The same for lists that lead a client to the same servers: loads change all the time, and don't count. Weak. */
    public String etag() {
        int hash = 1;
        for (ServerRecord server : servers) {
            hash = 31 * hash + server.id().hashCode();
            hash = 31 * hash + server.url().hashCode();
            hash = 31 * hash + server.weight();
        }
        return "W/\"" + servers.size() + "-" + Integer.toHexString(hash) + '"';
    }
}
