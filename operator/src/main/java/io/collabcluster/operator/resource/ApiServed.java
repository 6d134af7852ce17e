package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.Condition;
import java.time.Duration;

/**
 * Whether the API server knows a kind that not every cluster has. Asked by discovery, which everyone may use: reading
 * definitions would need a right in the whole cluster. An answer counts for a minute.
 */
public final class ApiServed implements Condition<HasMetadata, CollabCluster> {

    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    private record Answer(boolean served, long at) {}

    private volatile Answer last;

    @Override
    public boolean isMet(
            DependentResource<HasMetadata, CollabCluster> dependent,
            CollabCluster cluster,
            Context<CollabCluster> context) {
        Answer known = last;
        if (known == null || System.nanoTime() - known.at() > FRESH_NANOS) {
            known = new Answer(serves(context.getClient(), dependent.resourceType()), System.nanoTime());
            last = known;
        }
        return known.served();
    }

    /** Whether the API server has the kind now. */
    public static boolean serves(KubernetesClient client, Class<? extends HasMetadata> kind) {
        return client.supports(HasMetadata.getApiVersion(kind), HasMetadata.getKind(kind));
    }
}
