package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An object that belongs to one CollabCluster. One of the same name that belongs to somebody else is never taken over:
 * making ours then fails, and the failure says so.
 */
public abstract class OwnedResource<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, CollabCluster> {

    protected OwnedResource(Class<R> kind) {
        super(kind);
    }

    /** What it should be: the same for the same specification, down to the order of its lists. */
    @Override
    protected abstract R desired(CollabCluster cluster, Context<CollabCluster> context);

    /** The object's name, which no change of the specification changes; the nodes' own unless there is another of its kind. */
    protected String nameFor(CollabCluster cluster) {
        return Names.server(cluster);
    }

    /** {@code server} or {@code redis}. */
    protected String component() {
        return Labels.SERVER;
    }

    protected final ObjectMeta metadata(CollabCluster cluster) {
        return new ObjectMetaBuilder()
                .withName(nameFor(cluster))
                .withNamespace(cluster.getMetadata().getNamespace())
                .withLabels(Labels.of(cluster, component()))
                .build();
    }

    @Override
    protected ResourceID targetSecondaryResourceID(CollabCluster cluster, Context<CollabCluster> context) {
        return new ResourceID(nameFor(cluster), cluster.getMetadata().getNamespace());
    }

    @Override
    protected Optional<R> selectTargetSecondaryResource(
            Set<R> found, CollabCluster cluster, Context<CollabCluster> context) {
        Set<R> owned = found.stream()
                .filter(object -> object.hasOwnerReferenceFor(cluster))
                .collect(Collectors.toSet());
        return super.selectTargetSecondaryResource(owned, cluster, context);
    }
}
