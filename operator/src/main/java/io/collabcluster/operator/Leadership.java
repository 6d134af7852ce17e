package io.collabcluster.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * One replica works, the others wait for its lease. A leader that stops gives the lease back, so that the next one needn't
 * wait until it has run out, and ends its process: it can't lead again.
 *
 * <p>By itself the SDK lets a process go on that has lost its lease, beside the next leader.
 */
final class Leadership {

    private static final Logger LOG = Logger.getLogger(Leadership.class);

    private final KubernetesClient client;
    private final String lease;
    private final String identity;
    private final Duration patience;
    private final Runnable exit;

    /**
     * @param identity the pod's name, unlike any other replica's
     * @param patience how long giving the lease back may take, while this process still works
     * @param exit ends the process, and must return at once
     */
    Leadership(KubernetesClient client, String lease, String identity, Duration patience, Runnable exit) {
        this.client = client;
        this.lease = lease;
        this.identity = identity;
        this.patience = patience;
        this.exit = exit;
    }

    /** In the operator's own namespace, with the SDK's times. */
    LeaderElectionConfigurationBuilder election() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(lease)
                .withLeaseNamespace(client.getConfiguration().getNamespace())
                .withIdentity(identity)
                .withLeaderCallbacks(new LeaderCallbacks(
                        () -> LOG.infof("%s leads: it has the lease %s", identity, lease),
                        this::stopped,
                        leader -> LOG.debugf("The lease %s is held by %s", lease, leader)));
    }

    private void stopped() {
        try {
            giveBackInTime();
        } finally {
            LOG.infof("%s leads no more, and ends", identity);
            exit.run();
        }
    }

    /** Where the API is away, the client asks it again and again, for longer than the lease lasts. */
    private void giveBackInTime() {
        Thread giving = Thread.ofVirtual().name("give-lease-back").start(this::giveBack);
        try {
            giving.join(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        giving.interrupt();
    }

    private void giveBack() {
        for (int left = 3; ; left--) {
            try {
                release();
                return;
            } catch (RuntimeException e) {
                // The renewal before may still be on its way.
                boolean conflict = e instanceof KubernetesClientException refusal
                        && refusal.getCode() == HttpURLConnection.HTTP_CONFLICT;
                if (!conflict || left == 0) {
                    LOG.warnf("The lease %s is free only once it has run out: %s", lease, e.getMessage());
                    return;
                }
            }
        }
    }

    /** Unless somebody else has it already; a change in between is refused for the version. */
    private void release() {
        Lease held = client.leases()
                .inNamespace(client.getConfiguration().getNamespace())
                .withName(lease)
                .get();
        if (held != null && identity.equals(held.getSpec().getHolderIdentity())) {
            held.getSpec().setHolderIdentity(null);
            client.resource(held).update();
        }
    }
}
