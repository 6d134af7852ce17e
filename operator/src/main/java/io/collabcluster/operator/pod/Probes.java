package io.collabcluster.operator.pod;

import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;

/**
 * Probes on what the node says of itself. A node whose database is away at its start waits for it, so that the start-up
 * probe asks whether it lives, and not whether it is ready. Once it has run it stays ready while it is paused: else a
 * database that is away for some seconds would take all nodes from their clients.
 */
final class Probes implements Part {

    @Override
    public void addTo(Draft draft) {
        draft.container
                .withStartupProbe(probe("/status/live", 2, 60))
                .withLivenessProbe(probe("/status/live", 10, 3))
                .withReadinessProbe(probe("/status/ready", 5, 2));
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort("http")
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withFailureThreshold(failures)
                .withSuccessThreshold(1)
                .withTimeoutSeconds(3)
                .build();
    }
}
