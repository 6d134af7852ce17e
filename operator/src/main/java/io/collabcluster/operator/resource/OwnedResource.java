package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.Labels;
import io.collabcluster.operator.api.Names;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.util.Map;
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

    /**
     * The cluster's own object without its labels is none that is watched, so that it seems not to be there: it gets them
     * back, and is compared in the next round.
     */
    @Override
    public R create(R desired, CollabCluster cluster, Context<CollabCluster> context) {
        try {
            return super.create(desired, cluster, context);
        } catch (KubernetesClientException e) {
            R there = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? context.getClient().resource(desired).get()
                    : null;
            if (there == null) {
                throw e;
            }
            if (!there.hasOwnerReferenceFor(cluster)) {
                throw new IllegalStateException(
                        "one of this name is there already, and isn't this CollabCluster's: delete it, or give the"
                                + " CollabCluster another name");
            }
            return context.getClient().resource(there).patch(PatchContext.of(PatchType.JSON_MERGE), labels(desired));
        }
    }

    private static String labels(HasMetadata object) {
        return Serialization.asJson(
                Map.of("metadata", Map.of("labels", object.getMetadata().getLabels())));
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
