package io.collabcluster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.report.Server;
import io.collabcluster.bench.scenario.Scenario;
import io.collabcluster.bench.scenario.Scenarios;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private final Catalog catalog = Catalog.of(Scenarios.all(), List.of(FakePeer.present("collab-jvm", "Collab")));

    @Test
    void whatOneScenarioComparesWithRunsNoOther() {
        assertThat(catalog.servers())
                .extracting(Server::id)
                .containsExactly("collab-jvm", "collab-jvm-redis", "collab-native-redis", "pgbench");
        assertThat(catalog.scenarios())
                .filteredOn(scenario -> fitting(catalog, scenario).contains("pgbench"))
                .extracting(Scenario::id)
                .containsExactly("posts");
    }

    @Test
    void whatSomeScenariosCompareWithRunsThoseOnly() {
        assertThat(catalog.scenarios())
                .filteredOn(scenario -> fitting(catalog, scenario).contains("collab-jvm-redis"))
                .extracting(Scenario::id)
                .containsExactly("cluster-fan-out", "quiet-nodes");
        var chosen = catalog.only(List.of("quiet-nodes", "idle"), List.of());
        assertThat(fitting(chosen, chosen.scenarios().getFirst())).containsExactly("collab-jvm");
        assertThat(fitting(chosen, chosen.scenarios().getLast()))
                .containsExactly("collab-jvm-redis", "collab-native-redis");
    }

    @Test
    void whatOneScenarioComparesWithStaysOutOfAChoiceOfOthers() {
        var chosen = catalog.only(List.of("idle"), List.of());
        assertThat(fitting(chosen, chosen.scenarios().getFirst())).containsExactly("collab-jvm");
    }

    @Test
    void whatAScenarioComparesWithCanBeLeftOut() {
        var chosen = catalog.only(List.of("posts"), List.of("collab-jvm"));
        assertThat(fitting(chosen, chosen.scenarios().getFirst())).containsExactly("collab-jvm");
    }

    private static List<String> fitting(Catalog catalog, Scenario scenario) {
        return catalog.fitting(scenario).stream().map(Peer::id).toList();
    }
}
