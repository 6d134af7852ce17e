package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Which volumes {@code spec.pod.template} may add: those of the restricted pod security standard, beside the operator's. */
record VolumeGuard(SidecarGuard.Faults faults) {

    private static final Set<String> ALLOWED = Set.of(
            "name",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "persistentVolumeClaim",
            "projected",
            "secret");

    /** One of the same name would be merged into the operator's. */
    private static final Set<String> OURS = Set.of("config", "tmp", "database-tls", "redis-tls", "trusted-ca");

    void check(JsonNode volume) {
        String name = volume.path("name").asText();
        String place = "spec.volumes." + name;
        if (OURS.contains(name)) {
            faults.add(place, "the operator has a volume of this name", "use another name");
        }
        volume.fieldNames().forEachRemaining(type -> {
            if (!ALLOWED.contains(type)) {
                faults.add(place, type + " opens the machine, or what is beyond it", "use another volume");
            }
        });
        volume.path("projected").path("sources").forEach(source -> {
            if (source.has("serviceAccountToken")) {
                faults.add(place, "the pod gets no token of its account", "use a Secret");
            }
        });
    }
}
