package io.collabcluster.status;

import static io.collabcluster.status.Dependency.AUTHORIZATION_SERVER;
import static io.collabcluster.status.Dependency.DB_SERVICE;
import static io.collabcluster.status.Dependency.REDIS_SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.engineio.Admission.Refusal;
import io.collabcluster.engineio.Handshake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

    private static final Handshake HANDSHAKE =
            new Handshake("/socket.io/", List.of(), "127.0.0.1", false, Instant.EPOCH);

    private final NodeStatus status = new NodeStatus();

    @Test
    void aNodeStartsAndIsNotAvailableUntilItHasStarted() {
        assertThat(status.state()).isEqualTo(NodeState.STARTING);
        assertThat(status.unavailable()).contains("The node is starting");
        assertThat(status.refuse(HANDSHAKE))
                .contains(new Refusal(503, "The node is starting", Optional.of(Duration.ofSeconds(1))));

        status.started();

        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
        assertThat(status.reason()).isEmpty();
        assertThat(status.unavailable()).isEmpty();
        assertThat(status.refuse(HANDSHAKE)).isEmpty();
    }

    @Test
    void theReasonNamesTheDependenciesThatAreAwayInThePublishedOrder() {
        status.started();
        status.away(Set.of(REDIS_SERVER, DB_SERVICE));
        assertThat(status.reason())
                .contains("The following dependent services are unavailable: DB Service, Redis Server");

        status.away(Set.of(AUTHORIZATION_SERVER, REDIS_SERVER, DB_SERVICE));
        assertThat(status.reason())
                .contains("The following dependent services are unavailable: DB Service, Redis Server,"
                        + " Authorization Server");

        status.away(Set.of(AUTHORIZATION_SERVER));
        assertThat(status.reason()).contains("The following dependent services are unavailable: Authorization Server");
    }

    @Test
    void aPausedNodeRefusesSessionsAndWritesAndResumes() {
        status.started();
        status.away(Set.of(DB_SERVICE));

        String reason = "The following dependent services are unavailable: DB Service";
        assertThat(status.state()).isEqualTo(NodeState.PAUSED);
        assertThat(status.unavailable()).contains(reason);
        assertThat(status.refuse(HANDSHAKE)).contains(new Refusal(503, reason, Optional.of(Duration.ofSeconds(5))));

        status.away(Set.of());

        assertThat(status.state()).isEqualTo(NodeState.RUNNING);
        assertThat(status.unavailable()).isEmpty();
        assertThat(status.refuse(HANDSHAKE)).isEmpty();
    }

    @Test
    void aNodeWhoseDependencyIsAwayWhenItHasStartedIsPaused() {
        status.away(Set.of(DB_SERVICE));
        assertThat(status.state()).isEqualTo(NodeState.STARTING);

        status.started();

        assertThat(status.state()).isEqualTo(NodeState.PAUSED);
    }

    @Test
    void aDrainingNodeRefusesSessionsButKeepsWhatIsWritten() {
        status.started();
        status.draining();

        assertThat(status.state()).isEqualTo(NodeState.DRAINING);
        assertThat(status.refuse(HANDSHAKE)).map(Refusal::status).contains(503);
        assertThat(status.unavailable()).isEmpty();
    }

    @Test
    void aDrainingNodeSaysWhenItCannotKeepWhatIsWritten() {
        status.started();
        status.draining();
        status.away(Set.of(DB_SERVICE));

        assertThat(status.state()).isEqualTo(NodeState.DRAINING);
        assertThat(status.unavailable()).contains("The following dependent services are unavailable: DB Service");
    }

    @Test
    void thereIsNoWayBackFromDrainingOrStopped() {
        status.started();
        status.draining();
        status.started();
        status.away(Set.of(DB_SERVICE));
        status.away(Set.of());
        assertThat(status.state()).isEqualTo(NodeState.DRAINING);

        status.stopped();
        status.draining();
        status.started();
        assertThat(status.state()).isEqualTo(NodeState.STOPPED);
        assertThat(status.unavailable()).contains("The node has stopped");
    }

    @Test
    void listenersAreToldOfEveryChangeOfStateInOrderEvenWhenOneFails() {
        List<String> heard = new ArrayList<>();
        status.onChange((from, to) -> {
            throw new IllegalStateException("a listener that fails");
        });
        status.onChange((from, to) -> heard.add(from.wireName() + ">" + to.wireName()));

        status.started();
        status.away(Set.of(DB_SERVICE));
        status.away(Set.of(DB_SERVICE, REDIS_SERVER));
        status.away(Set.of());
        status.draining();
        status.stopped();

        assertThat(heard)
                .containsExactly(
                        "starting>running", "running>paused", "paused>running", "running>draining", "draining>stopped");
    }
}
