package io.collabcluster.bench.scenario;

import java.time.Duration;
import java.util.List;

/** Every scenario that the bench knows, in the table's order. */
public final class Scenarios {

    static final int LOAD_THREADS = 2;
    static final Duration CONNECT_DEADLINE = Duration.ofSeconds(60);
    /** The Java machine takes so long until it has compiled what is hot. */
    static final Duration WARM_UP = Duration.ofSeconds(5);

    static final Duration MEASURED = Duration.ofSeconds(4);
    /** Of a cluster. */
    static final int NODES = 3;

    private Scenarios() {}

    public static List<Scenario> all() {
        return List.of(
                new Idle(),
                FanOut.oneRoom(1_000, 10, 50, 120, 150),
                FanOut.oneRoom(5_000, 10, 24, 50, 150),
                FanOut.manyRooms(1_000, 5, 4_000),
                FanOut.polling(500, 10),
                new Requests(),
                new ConnectStorm(),
                new ReconnectStorm(),
                new SlowConsumers(),
                FanOut.cluster(3_000, 40),
                new QuietNodes(),
                new CommentPosts());
    }
}
