package io.collabcluster.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Redis 7 or later as this machine has it installed; where it has none, the test is skipped and says so. */
public final class Redis7 {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SLOTS = 16384;

    private Redis7() {}

    /** @param settings lines of redis.conf; a later one counts more */
    public static TestRedis start(String... settings) {
        return TestRedis.of(program(), FreePorts.next(), List.of(settings));
    }

    /** A sentinel, the only one, that takes a master which is silent for a second as gone. */
    public static TestRedis sentinel(String master, TestRedis first) {
        return TestRedis.of(
                program(),
                FreePorts.next(),
                List.of(
                        "sentinel monitor " + master + " 127.0.0.1 " + first.port() + " 1",
                        "sentinel down-after-milliseconds " + master + " 1000",
                        "sentinel failover-timeout " + master + " 5000"),
                "--sentinel");
    }

    /** As many nodes, of which the first {@code masters} share the slots, and the others are their replicas in turn. */
    public static List<TestRedis> cluster(int nodes, int masters) {
        List<TestRedis> members = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            members.add(start("cluster-enabled yes", "cluster-node-timeout 2000", "cluster-port " + FreePorts.next()));
        }
        for (int i = 0; i < masters; i++) {
            String from = Integer.toString(SLOTS * i / masters);
            String to = Integer.toString(SLOTS * (i + 1) / masters - 1);
            members.get(i).command("CLUSTER", "ADDSLOTSRANGE", from, to);
            members.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        TestRedis first = members.getFirst();
        for (TestRedis other : members.subList(1, nodes)) {
            String bus = (String) ((List<?>) other.command("CONFIG", "GET", "cluster-port")).get(1);
            first.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()), bus);
        }
        await("everyone knows everyone").atMost(PATIENCE).until(() -> all(members, "cluster_known_nodes:" + nodes));
        for (int i = masters; i < nodes; i++) {
            String master = (String) members.get(i % masters).command("CLUSTER", "MYID");
            members.get(i).command("CLUSTER", "REPLICATE", master);
        }
        await("the cluster").atMost(PATIENCE).until(() -> all(members, "cluster_state:ok"));
        await("the replicas").atMost(PATIENCE).until(() -> members.subList(masters, nodes).stream()
                .allMatch(r -> r.command("ROLE").toString().contains("connected")));
        return members;
    }

    /** Makes another master of a cluster the owner of a slot without keys, as redis-cli does; all masters agree then. */
    public static void moveSlot(int slot, List<TestRedis> nodes, TestRedis to) {
        List<TestRedis> masters = nodes.stream()
                .filter(node -> node.command("ROLE").toString().startsWith("[master"))
                .toList();
        TestRedis from = masters.stream()
                .filter(node -> node.port() == owner(slot, node))
                .findFirst()
                .orElseThrow();
        if (from != to) {
            String name = Integer.toString(slot);
            String id = (String) to.command("CLUSTER", "MYID");
            to.command("CLUSTER", "SETSLOT", name, "IMPORTING", (String) from.command("CLUSTER", "MYID"));
            from.command("CLUSTER", "SETSLOT", name, "MIGRATING", id);
            to.command("CLUSTER", "SETSLOT", name, "NODE", id);
            from.command("CLUSTER", "SETSLOT", name, "NODE", id);
            await("the masters' agreement").atMost(PATIENCE).until(() -> masters.stream()
                    .allMatch(node -> owner(slot, node) == to.port()));
        }
    }

    /** The port of the master that this node takes for the owner. */
    private static long owner(int slot, TestRedis node) {
        for (Object range : (List<?>) node.command("CLUSTER", "SLOTS")) {
            List<?> parts = (List<?>) range;
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                return (Long) ((List<?>) parts.get(2)).get(1);
            }
        }
        return 0;
    }

    /** Without a password, and the sentinels' master is {@code mymaster}. */
    public static RedisOptions options(RedisOptions.Mode mode, RedisOptions.Format format, TestRedis... servers) {
        return new RedisOptions(
                mode,
                Stream.of(servers).map(TestRedis::server).toList(),
                "mymaster",
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                format,
                new Names(Names.DEFAULT_KEY));
    }

    private static boolean all(List<TestRedis> members, String line) {
        return members.stream()
                .allMatch(m -> ((String) m.command("CLUSTER", "INFO")).lines().anyMatch(line::equals));
    }

    private static Path program() {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .filter(program -> version(program) >= 7)
                .findFirst();
        assumeTrue(found.isPresent(), "Skipped: it needs redis-server 7 or later on the PATH (Debian: redis-server)");
        return found.orElseThrow();
    }

    /** The first number of its version; 0 where it does not say. */
    private static int version(Path program) {
        try {
            var process = new ProcessBuilder(program.toString(), "--version").start();
            var said = Pattern.compile("\\bv=(\\d+)")
                    .matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return said.find() ? Integer.parseInt(said.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
