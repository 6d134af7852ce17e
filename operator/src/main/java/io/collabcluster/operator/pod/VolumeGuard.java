package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which volumes {@code spec.pod.template} may add: those of the restricted pod security standard, beside the operator's; and
 * where the server may mount them: where the operator mounts none.
 */
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

    /** What is mounted there, or below, would hide what the server reads. */
    private static final List<Path> OUR_FOLDERS = Stream.of(
                    "/tmp", ConfigFile.FOLDER, DatabaseAccess.FOLDER, RedisAccess.FOLDER, SignIn.FOLDER)
            .map(Path::of)
            .toList();

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

    /** @param place of the container */
    void mount(String place, JsonNode mount) {
        String path = mount.path("mountPath").asText();
        // The root is what the kubelet adds to a path without one. A path can't hold NUL, and a JSON text can.
        Path folder = Path.of("/", path.replace("\0", "")).normalize();
        OUR_FOLDERS.stream()
                .filter(folder::startsWith)
                .forEach(ours -> faults.add(
                        place + ".volumeMounts." + path,
                        "the operator mounts a volume at " + ours,
                        "use another path"));
    }
}
