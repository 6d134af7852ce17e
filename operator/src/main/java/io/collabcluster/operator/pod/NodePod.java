package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.Annotations;
import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.Labels;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;

/** The pod of a node. */
public final class NodePod {

    /** The name of the server's container. */
    public static final String CONTAINER = Labels.SERVER;

    /** The port for clients, {@code /status} and metrics. */
    public static final int PORT = 3000;

    /** The port on which nodes reach each other: {@code cluster.port}. */
    public static final int INTERNAL_PORT = 3001;

    /** In the order in which their entries stand in the pod. */
    private static final List<Part> PARTS = List.of(
            new ServerContainer(),
            new Probes(),
            new DrainHook(),
            new ConfigFile(),
            new ClusterSecrets(),
            new DatabaseAccess(),
            new RedisAccess(),
            new SignIn(),
            new Placement(),
            draft -> EveryPod.addTo(draft.pod, draft.cluster.getSpec()));

    private NodePod() {}

    /** @param inputsHash of all that the node reads at its start: a new one replaces the pods */
    public static PodTemplateSpec of(CollabCluster cluster, String inputsHash) {
        Draft draft = new Draft(cluster);
        draft.annotations.putAll(cluster.getSpec().pod().annotations());
        draft.annotations.put(Annotations.INPUTS_HASH, inputsHash);
        cluster.annotation(Annotations.RESTART).ifPresent(when -> draft.annotations.put(Annotations.RESTART, when));
        PARTS.forEach(part -> part.addTo(draft));
        return new TemplateOverride(cluster.getSpec().pod().template()).over(draft.template());
    }

    /** The image with its tag or digest. */
    public static String image(CollabClusterSpec spec) {
        String image = spec.image();
        boolean complete = image.contains("@")
                || image.substring(image.lastIndexOf('/') + 1).contains(":");
        return complete ? image : image + ":" + spec.version();
    }
}
