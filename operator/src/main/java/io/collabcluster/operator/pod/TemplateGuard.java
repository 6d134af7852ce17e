package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.Annotations;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code spec.pod.template} may not touch: what the operator answers for, and what would break out of the pod. */
final class TemplateGuard {

    private static final Map<String, String> REFUSED_OF_POD = Map.ofEntries(
            Map.entry("hostNetwork", "the pod stays in a network of its own"),
            Map.entry("hostPID", "the pod stays among processes of its own"),
            Map.entry("hostIPC", "the pod stays alone with its memory"),
            Map.entry("shareProcessNamespace", "other containers would see the server's secrets"),
            Map.entry("serviceAccountName", "the operator makes one without any right"),
            Map.entry("serviceAccount", "the operator makes one without any right"),
            Map.entry("automountServiceAccountToken", "the server needs no token"),
            Map.entry("restartPolicy", "a Deployment's pods are always restarted"),
            Map.entry("terminationGracePeriodSeconds", "use spec.drain.gracePeriodSeconds"),
            Map.entry("securityContext", "the restricted pod security standard holds"));

    /** The rest of the server's container is made of the specification. */
    private static final Set<String> ALLOWED_OF_SERVER =
            Set.of("name", "env", "envFrom", "volumeMounts", "resources", "workingDir");

    /** What variables that set keys of config.json begin with. */
    private static final String KEYS = "COLLAB_";

    private final ObjectNode override;
    private final List<SpecFault> faults = new ArrayList<>();

    TemplateGuard(ObjectNode override) {
        this.override = override;
    }

    List<SpecFault> faults() {
        if (override.isEmpty()) {
            return List.of();
        }
        if (!parses()) {
            return faults;
        }
        override.fieldNames().forEachRemaining(name -> {
            if (!Set.of("metadata", "spec").contains(name)) {
                refuse(name, "a pod template has metadata and spec", "put it below one of them");
            }
        });
        metadata(override.path("metadata"));
        JsonNode pod = override.path("spec");
        pod.fieldNames().forEachRemaining(name -> {
            if (REFUSED_OF_POD.containsKey(name)) {
                refuse("spec." + name, "it can't be overridden", REFUSED_OF_POD.get(name));
            }
        });
        pod.path("volumes").forEach(new VolumeGuard(this::refuse)::check);
        var init = new SidecarGuard("spec.initContainers", this::refuse);
        pod.path("initContainers").forEach(init::check);
        pod.path("containers").forEach(this::container);
        return faults;
    }

    /** Wrong types are found by reading it as what it is to become. */
    private boolean parses() {
        try {
            Serialization.unmarshal(Serialization.asJson(override), PodTemplateSpec.class);
            return true;
        } catch (RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            faults.add(new SpecFault("spec.pod.template", "it is no pod template", reason));
            return false;
        }
    }

    private void metadata(JsonNode metadata) {
        metadata.path("labels").fieldNames().forEachRemaining(label -> {
            if (label.startsWith("app.kubernetes.io/")) {
                refuse("metadata.labels." + label, "selectors rest on it", "use a label of your own");
            }
        });
        if (metadata.path("annotations").has(Annotations.INPUTS_HASH)) {
            refuse("metadata.annotations." + Annotations.INPUTS_HASH, "the operator sets it", "leave it out");
        }
    }

    private void container(JsonNode container) {
        String place = "spec.containers." + container.path("name").asText();
        if (!container.path("name").asText().equals(NodePod.CONTAINER)) {
            new SidecarGuard("spec.containers", this::refuse).check(container);
            return;
        }
        container.fieldNames().forEachRemaining(name -> {
            if (!ALLOWED_OF_SERVER.contains(name)) {
                refuse(place + "." + name, "it is made of the specification", "leave it out");
            }
        });
        container.path("envFrom").forEach(source -> {
            String prefix = source.path("prefix").asText();
            if (prefix.startsWith(KEYS) || KEYS.startsWith(prefix)) {
                refuse(place + ".envFrom", "it could hold keys of the server's configuration", "give it a prefix");
            }
        });
        container.path("volumeMounts").forEach(mount -> new VolumeGuard(this::refuse).mount(place, mount));
        container.path("env").forEach(variable -> {
            String name = variable.path("name").asText();
            if (name.startsWith(KEYS)) {
                refuse(place + ".env." + name, "it is a key of the server's configuration", "use spec.config");
            }
        });
    }

    private void refuse(String where, String wrong, String right) {
        faults.add(new SpecFault("spec.pod.template." + where, wrong, right));
    }
}
