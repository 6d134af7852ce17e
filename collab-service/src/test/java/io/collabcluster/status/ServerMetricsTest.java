package io.collabcluster.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.collab.store.Postgres;
import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.TransportName;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Against the registry that Quarkus provides, which Micrometer has renamed since. */
@SuppressWarnings("deprecation")
class ServerMetricsTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServerMetrics metrics =
            new ServerMetrics(registry, new ServerMetrics.Gauges(() -> 3, () -> new Postgres.Use(5, 2, 9)));

    @Test
    void connectionsAreCountedByTheTransportTheyAreOn() {
        metrics.opened(TransportName.POLLING);
        metrics.opened(TransportName.POLLING);
        metrics.opened(TransportName.WEBSOCKET);
        metrics.upgraded();
        metrics.closed(TransportName.WEBSOCKET, CloseReason.PING_TIMEOUT);

        assertThat(scrape())
                .contains("collab_connections{transport=\"polling\"} 1.0")
                .contains("collab_connections{transport=\"websocket\"} 1.0")
                .contains("collab_disconnects_total{reason=\"ping_timeout\"} 1.0")
                .contains("collab_disconnects_total{reason=\"slow_consumer\"} 0.0")
                .contains("collab_upgrades_total 1.0");
        assertThat(metrics.connectionsTotal()).isEqualTo(3);
        assertThat(metrics.connectionsCurrent()).isEqualTo(2);
        assertThat(metrics.connectionsMost()).isEqualTo(3);
    }

    @Test
    void messagesAndBytesAreCountedByDirection() {
        metrics.received(100);
        metrics.received(50);
        metrics.sent(3, 600);

        assertThat(scrape())
                .contains("collab_messages_total{direction=\"in\"} 2.0")
                .contains("collab_messages_total{direction=\"out\"} 3.0")
                .contains("collab_bytes_total{direction=\"in\"} 150.0")
                .contains("collab_bytes_total{direction=\"out\"} 600.0");
        assertThat(metrics.messagesProcessed()).isEqualTo(2);
    }

    @Test
    void refusalsAreCountedByReason() {
        metrics.refused("bad_request");
        metrics.refused("bad_request");
        metrics.refused("connections_per_address");

        assertThat(scrape())
                .contains("collab_refusals_total{reason=\"bad_request\"} 2.0")
                .contains("collab_refusals_total{reason=\"connections_per_address\"} 1.0");
    }

    @Test
    void reasonsBeyondABoundAreCountedTogether() {
        for (int i = 0; i < 1_000; i++) {
            metrics.refused("reason_" + i);
        }
        String scrape = scrape();
        assertThat(scrape).contains("collab_refusals_total{reason=\"other\"} 968.0");
        assertThat(scrape.lines().filter(l -> l.startsWith("collab_refusals_total{")))
                .hasSize(33);
    }

    @Test
    void figuresThatAreKeptElsewhereAreReadWhenAsked() {
        var lost = new LongAdder();
        metrics.gauge("collab.sockets", "Sockets of all namespaces", () -> 7);
        metrics.counter("collab.lost", "What was lost", lost::sum, "of", "these");

        System.gc();
        lost.add(5);

        assertThat(scrape())
                .contains("collab_rooms 3.0")
                .contains("collab_postgres_pool_connections{state=\"in_use\"} 5.0")
                .contains("collab_postgres_pool_connections{state=\"idle\"} 2.0")
                .contains("collab_postgres_pool_waiting 9.0")
                .contains("collab_sockets 7.0")
                .contains("collab_lost_total{of=\"these\"} 5.0");
    }

    /** Without the comma that this registry's text format leaves after the last label. */
    private String scrape() {
        return registry.scrape().replace(",}", "}");
    }
}
