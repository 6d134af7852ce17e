package io.collabcluster.cluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.engineio.NodeId;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InternalAddressTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        TestRegistry.await(vertx.close());
    }

    @Test
    void anAddressOfThisMachineOnlyIsDoubtedBesideANodeOnAnother() {
        var address = found("127.0.0.1");
        assertThat(address.doubt(at("10.0.0.2:3001")).orElseThrow())
                .contains("127.0.0.1:3001", "10.0.0.2:3001", "cluster.address");
        assertThat(address.doubt(at("node_2:3001"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:3002", "127.0.1.1:3001", "[::1]:3002", "localhost:3002"})
    void nodesOnOneMachineAreNotDoubted(String other) {
        assertThat(found("127.0.0.1").doubt(at(other))).isEmpty();
    }

    @Test
    void whatIsConfiguredIsNotDoubted() {
        var address = new InternalAddress(
                vertx, Optional.of("127.0.0.1:3001"), new RedisOptions.Server("127.0.0.1", 6379), () -> 3001);
        TestRegistry.await(address.get());
        assertThat(address.doubt(at("10.0.0.2:3001"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:3001, 10.0.0.1:3001, true",
        "127.0.0.1:3001, 10.0.0.1:3001, true",
        "[::1]:3001, 10.0.0.1:3001, true",
        "127.0.0.1:3002, 10.0.0.1:3001, false",
        "10.0.0.2:3001, 10.0.0.1:3001, false",
        "nonsense, 10.0.0.1:3001, false"
    })
    void anAddressLeadsBackWhenItIsThisMachineAndThisPort(String address, String own, boolean leadsBack) {
        assertThat(InternalAddress.leadsBack(address, own)).isEqualTo(leadsBack);
    }

    private InternalAddress found(String redis) {
        var address = new InternalAddress(vertx, Optional.empty(), new RedisOptions.Server(redis, 6379), () -> 3001);
        TestRegistry.await(address.get());
        return address;
    }

    private static NodeRecord at(String address) {
        return new NodeRecord(
                new NodeId("n002"),
                "another",
                address,
                Optional.empty(),
                100,
                NodeRecord.RUNNING,
                0,
                0,
                "1",
                Instant.EPOCH,
                Optional.empty());
    }
}
