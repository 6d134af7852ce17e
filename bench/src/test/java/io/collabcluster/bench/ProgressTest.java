package io.collabcluster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.scenario.Scenario;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Peer PEER = FakePeer.present("a", "Server A");
    private static final Scenario SHORT = new FakeScenario("short");
    private static final Scenario LONG = new FakeScenario("long");

    private final StringWriter err = new StringWriter();

    @Test
    void theTimeLeftIsWhatTheSameScenarioTookBefore() {
        List<Plan.Step> steps = List.of(
                new Plan.Step(1, SHORT, PEER),
                new Plan.Step(1, LONG, PEER),
                new Plan.Step(2, SHORT, PEER),
                new Plan.Step(2, LONG, PEER));
        Progress progress = new Progress(steps, 2, new PrintWriter(err));

        for (int step = 0; step < steps.size(); step++) {
            progress.begins(steps.get(step));
            progress.ends(steps.get(step), Duration.ofSeconds(step % 2 == 0 ? 8 : 600), List.of());
        }

        assertThat(err).hasToString("""
                [1/4] run 1 of 2: short on Server A … 8 s, about 24 s left
                [2/4] run 1 of 2: long on Server A … 10 min, about 10 min left
                [3/4] run 2 of 2: short on Server A … 8 s, about 10 min left
                [4/4] run 2 of 2: long on Server A … 10 min
                """);
    }
}
