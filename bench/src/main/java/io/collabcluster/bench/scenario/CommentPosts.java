package io.collabcluster.bench.scenario;

import io.collabcluster.bench.peer.CollabServer;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.posts.Authors;
import io.collabcluster.bench.posts.CollabNode;
import io.collabcluster.bench.posts.Measured;
import io.collabcluster.bench.posts.Pgbench;
import io.collabcluster.bench.posts.PostStatement;
import io.collabcluster.bench.posts.TemporaryPostgres;
import io.collabcluster.bench.posts.Workload;
import io.collabcluster.bench.report.Case;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Sample;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Authors post comments into Postgres, each the next one when the last is acknowledged; pgbench does so without a server. */
final class CommentPosts implements Scenario {

    private static final String ID = "posts";

    private final Pgbench pgbench = new Pgbench();
    /** By the id of the peer that is the same server; in the order in which pgbench's tables are made by one. */
    private final SequencedMap<String, CollabNode> nodes = new LinkedHashMap<>();

    CommentPosts() {
        nodes.put("collab-jvm", new CollabNode(CollabServer.jvm()));
        nodes.put("collab-native", new CollabNode(CollabServer.executable()));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "comment posts of 64 authors at once into Postgres, against pgbench with the same SQL";
    }

    @Override
    public boolean fits(Peer peer) {
        return nodes.containsKey(peer.id()) || peer.id().equals(Pgbench.ID);
    }

    @Override
    public List<Peer> peers() {
        return List.of(pgbench);
    }

    @Override
    public int connections(Size size) {
        return authors(size);
    }

    private static int authors(Size size) {
        return size == Size.FULL ? 64 : 8;
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        return List.of(
                sample(peer, size, run, new Workload(authors(size), false)),
                sample(peer, size, run, new Workload(authors(size), true)));
    }

    /** In a database of its own: what the other one left behind must not count. */
    private Sample sample(Peer peer, Size size, int run, Workload workload) {
        var warmUp = Duration.ofSeconds(size == Size.FULL ? 8 : 1);
        var time = Duration.ofSeconds(size == Size.FULL ? 10 : 1);
        boolean ofPgbench = peer.id().equals(Pgbench.ID);
        try (var postgres = TemporaryPostgres.start()) {
            Measured measured = ofPgbench
                    ? pgbench.measure(postgres, prepared(postgres), workload, warmUp, time)
                    : ours(peer, postgres, workload, warmUp, time);
            var figures = figures(measured);
            figures.put(Metric.LOST, (double) postgres.missing(measured.acknowledged()));
            Optional<String> remark = ofPgbench ? Optional.of("the CPU is pgbench's own") : Optional.empty();
            return new Sample(of(workload), peer.id(), run, Map.copyOf(figures), remark);
        }
    }

    private Measured ours(Peer peer, TemporaryPostgres postgres, Workload workload, Duration warmUp, Duration time) {
        try (var node = nodes.get(peer.id()).start(postgres);
                var authors = Authors.connect(node.addresses().getFirst(), workload)) {
            return authors.measure(warmUp, time, node::usage);
        }
    }

    private PostStatement prepared(TemporaryPostgres postgres) {
        return nodes.values().stream()
                .filter(node -> node.server().absence().isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> new PeerFailure("pgbench posts into the server's tables, and there is no server of ours"))
                .prepare(postgres);
    }

    private static Map<Metric, Double> figures(Measured measured) {
        var figures = new EnumMap<Metric, Double>(Metric.class);
        figures.put(Metric.RATE, measured.rate());
        figures.put(Metric.CPU, measured.cpuSeconds() * 1e6 / measured.posts());
        figures.put(Metric.P50, measured.latencies().getValueAtPercentile(50) / 1e6);
        figures.put(Metric.P99, measured.latencies().getValueAtPercentile(99) / 1e6);
        measured.loadSeconds().ifPresent(seconds -> figures.put(Metric.LOAD_CPU, seconds * 1e6 / measured.posts()));
        measured.residentBytes().ifPresent(bytes -> figures.put(Metric.RESIDENT, (double) bytes));
        return figures;
    }

    private static Case of(Workload workload) {
        String where = workload.oneTopic() ? "all on one topic" : "each on a topic of their own";
        return new Case(
                ID,
                String.format(Locale.ROOT, "comment posts: %d authors, %s", workload.authors(), where),
                "posts",
                Map.of("authors", workload.authors()),
                Pgbench.ID);
    }
}
