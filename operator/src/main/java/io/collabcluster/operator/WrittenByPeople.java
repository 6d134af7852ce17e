package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Passes changes that people make of a CollabCluster: of its specification, its annotations and its labels. The operator's
 * own status would otherwise call it for ever, as the number of connections hardly ever stays the same.
 */
public final class WrittenByPeople implements OnUpdateFilter<CollabCluster> {

    @Override
    public boolean accept(CollabCluster now, CollabCluster before) {
        ObjectMeta to = now.getMetadata();
        ObjectMeta from = before.getMetadata();
        return !Objects.equals(to.getGeneration(), from.getGeneration())
                || !Objects.equals(to.getAnnotations(), from.getAnnotations())
                || !Objects.equals(to.getLabels(), from.getLabels())
                || !Objects.equals(to.getDeletionTimestamp(), from.getDeletionTimestamp());
    }
}
