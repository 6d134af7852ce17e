package io.collabcluster.operator.resource;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRuleBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The alerts about one CollabCluster. */
@KubernetesDependent(informer = @Informer(labelSelector = Labels.MANAGED))
public final class ServerAlerts extends OwnedResource<PrometheusRule> {

    public ServerAlerts() {
        super(PrometheusRule.class);
    }

    @Override
    protected PrometheusRule desired(CollabCluster cluster, Context<CollabCluster> context) {
        return new PrometheusRuleBuilder()
                .withMetadata(metadata(cluster))
                .editMetadata()
                .addToLabels(cluster.getSpec().monitoring().labels())
                .addToLabels(Labels.of(cluster, Labels.SERVER))
                .endMetadata()
                .withNewSpec()
                .addNewGroup()
                .withName("collabcluster." + cluster.getMetadata().getName())
                .withRules(Alert.allOf(cluster))
                .endGroup()
                .endSpec()
                .build();
    }

    /** Where the specification asks for it. */
    public static final class Wanted extends SpecCondition {

        @Override
        protected boolean isMet(CollabClusterSpec spec) {
            return spec.monitoring().alerts();
        }
    }
}
