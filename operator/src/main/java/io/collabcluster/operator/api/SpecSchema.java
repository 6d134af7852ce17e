package io.collabcluster.operator.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/**
 * What annotations can't say of a schema: that a quantity has to be one, as Kubernetes itself does it, and that what the
 * reader finds wrong is no field that people write.
 */
public final class SpecSchema implements SchemaCustomizer.Customizer {

    private static final String QUANTITY =
            "^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$";

    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        schema.getProperties().remove("unreadable");
        JSONSchemaProps resources = schema.getProperties().get("resources");
        for (String bounds : List.of("limits", "requests")) {
            resources
                    .getProperties()
                    .get(bounds)
                    .getAdditionalProperties()
                    .getSchema()
                    .setPattern(QUANTITY);
        }
        return schema;
    }
}
