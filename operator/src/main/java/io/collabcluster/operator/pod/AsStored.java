package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes what people have laid over a pod as an API server stores it, where that is compared as a whole: else the
 * Deployment would differ for ever, and be written in each round.
 */
final class AsStored {

    private AsStored() {}

    /** Changes the template. */
    static void write(ObjectNode template) {
        // Wherever it stands: in a variable, or in a volume's items.
        template.findValues("fieldRef").forEach(field -> {
            if (field instanceof ObjectNode object && !object.has("apiVersion")) {
                object.put("apiVersion", "v1");
            }
        });
        for (JsonNode volume : template.at("/spec/volumes")) {
            JsonNode limit = volume.at("/emptyDir/sizeLimit");
            if (limit.asText().matches("\\d{1,18}(\\.\\d{1,9})?([kMGTP]|[KMGTP]i)?")) {
                ((ObjectNode) volume.get("emptyDir"))
                        .put("sizeLimit", Quantities.of(limit.asText()).toString());
            }
        }
    }
}
