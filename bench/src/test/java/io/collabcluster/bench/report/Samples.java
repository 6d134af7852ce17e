package io.collabcluster.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up figures. */
final class Samples {

    static final Build BUILD = new Build(
            "abc1234", "2026-01-31T11:00:00Z", "absent", Map.of("COLLAB_JAVA_OPTIONS", "-Xmx1g"), "all of it");

    static final Machine MACHINE = new Machine(
            "A CPU",
            2,
            8_000_000_000L,
            "Linux 6.1 amd64",
            "25",
            "v20.1.0",
            "2026-01-31T12:00Z",
            "./collab bench",
            BUILD);

    static final Case FAN = new Case(
            "fan-out", "fan-out: 1,000 sockets, 50 messages/s", "deliveries", Map.of("sockets", 1_000, "rate", 50));

    static final Case IDLE =
            new Case("idle", "idle: 10,000 connections", "connection-seconds", Map.of("connections", 10_000));

    private Samples() {}

    static Sample of(Case of, String peer, int run, Map<Metric, Double> figures) {
        return new Sample(of, peer, run, figures, Optional.empty());
    }

    static Results results(List<Sample> samples) {
        return new Results(
                MACHINE,
                "full",
                3,
                List.of("idle", "fan-out"),
                List.of(
                        new Server("collab", "Collab Cluster"),
                        new Server("node-socketio", "Node socket.io"),
                        new Server("node-ws", "Node ws")),
                List.of(),
                List.of(),
                samples);
    }
}
