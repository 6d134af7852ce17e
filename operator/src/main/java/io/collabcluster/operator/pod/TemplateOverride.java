package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/**
 * {@code spec.pod.template} laid over the operator's pod: objects key by key, lists of named things (containers, volumes,
 * variables) by their names, other lists appended.
 */
public final class TemplateOverride {

    private final ObjectNode override;

    public TemplateOverride(ObjectNode override) {
        this.override = override;
    }

    PodTemplateSpec over(PodTemplateSpec template) {
        if (override.isEmpty() || !faults().isEmpty()) {
            return template;
        }
        ObjectNode merged = Serialization.unmarshal(Serialization.asJson(template), ObjectNode.class);
        merge(merged, override);
        AsStored.write(merged);
        return Serialization.unmarshal(Serialization.asJson(merged), PodTemplateSpec.class);
    }

    /** Why it can't be taken. */
    public List<SpecFault> faults() {
        return new TemplateGuard(override).faults();
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.properties().forEach(member -> {
            JsonNode there = into.get(member.getKey());
            if (there instanceof ObjectNode object && member.getValue() instanceof ObjectNode inner) {
                merge(object, inner);
            } else if (there instanceof ArrayNode list && member.getValue() instanceof ArrayNode items) {
                items.forEach(item -> add(list, item));
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }

    private static void add(ArrayNode list, JsonNode item) {
        for (JsonNode there : list) {
            boolean same = item.hasNonNull("name") && item.get("name").equals(there.get("name"));
            // A volume may be mounted more than once: there, the path is what tells them apart.
            boolean mount = item.has("mountPath") || there.has("mountPath");
            if (same && !mount && there instanceof ObjectNode object && item instanceof ObjectNode more) {
                merge(object, more);
                return;
            }
        }
        list.add(item);
    }
}
