package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What containers of {@code spec.pod.template} beside the server's may ask for: what the restricted pod security standard
 * lets them, and no port of the machine.
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
