package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What containers of {@code spec.pod.template} beside the server's may ask for: what the restricted pod security standard
 * lets them, no port of the machine, and no request to another host.
 */
record SidecarGuard(String list, Faults faults) {

    /** Told of what is refused: where, what is wrong, what would be right. */
    @FunctionalInterface
    interface Faults {
        void add(String where, String wrong, String right);
    }

    /** Fields of a security context, and the values that take nothing away from the pod's. */
    private static final Map<String, Predicate<JsonNode>> ALLOWED = Map.of(
            "privileged", value -> !value.asBoolean(),
            "allowPrivilegeEscalation", value -> !value.asBoolean(),
            "readOnlyRootFilesystem", value -> true,
            "runAsNonRoot", JsonNode::asBoolean,
            "runAsUser", value -> value.asLong() > 0,
            "runAsGroup", value -> true,
            "capabilities", SidecarGuard::capabilities,
            "seccompProfile", SidecarGuard::profile,
            "appArmorProfile", SidecarGuard::profile);

    /** What the kubelet sends requests for. */
    private static final List<String> HANDLERS =
            List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop");

    void check(JsonNode container) {
        String place = list + "." + container.path("name").asText();
        container.path("securityContext").properties().forEach(field -> {
            if (!ALLOWED.getOrDefault(field.getKey(), value -> false).test(field.getValue())) {
                faults.add(
                        place,
                        "it asks for privileges",
                        "leave securityContext." + field.getKey()
                                + " out, or as the restricted pod security standard has it");
            }
        });
        container.path("ports").forEach(port -> {
            if (port.path("hostPort").asInt() != 0) {
                faults.add(place, "a hostPort is the machine's", "leave it out");
            }
        });
        HANDLERS.forEach(handler -> hosts(place, container, handler));
    }

    /** The kubelet would send it from the machine, to wherever it says. */
    private void hosts(String place, JsonNode container, String handler) {
        for (String action : List.of("httpGet", "tcpSocket")) {
            String host = "/" + handler + "/" + action + "/host";
            if (!container.at(host).asText("").isEmpty()) {
                faults.add(place + host.replace('/', '.'), "the machine would ask another host", "leave it out");
            }
        }
    }

    private static boolean capabilities(JsonNode capabilities) {
        for (JsonNode added : capabilities.path("add")) {
            if (!added.asText().equals("NET_BIND_SERVICE")) {
                return false;
            }
        }
        return true;
    }

    private static boolean profile(JsonNode profile) {
        return Set.of("RuntimeDefault", "Localhost")
                .contains(profile.path("type").asText());
    }
}
