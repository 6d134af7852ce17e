package io.collabcluster.operator.fake;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.CelOptions;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an API server does with a resource before it is stored, as far as this project's schema uses it: fills in defaults,
 * and checks types, bounds and rules.
 */
public final class Admission {

    /** CEL's integers are 64 bits long. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .addVar("oldSelf", SimpleType.DYN)
            .setOptions(CelOptions.current().build())
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    private final List<String> faults = new ArrayList<>();

    /** What is wrong, each with its place; empty where the resource would be stored. Fills in its defaults. */
    public static List<String> admit(ObjectNode resource, Optional<ObjectNode> before) {
        Admission admission = new Admission();
        JSONSchemaProps schema = Crd.schema();
        fill(resource, schema);
        admission.check("", resource, before.<JsonNode>map(old -> old).orElse(null), schema);
        return admission.faults;
    }

    private static void fill(JsonNode value, JSONSchemaProps schema) {
        if (value.isObject() && schema.getProperties() != null) {
            schema.getProperties().forEach((name, inner) -> {
                ObjectNode object = (ObjectNode) value;
                if (!object.has(name) && inner.getDefault() != null) {
                    object.set(name, inner.getDefault().deepCopy());
                }
                if (object.has(name)) {
                    fill(object.get(name), inner);
                }
            });
        }
    }

    private void check(String path, JsonNode value, JsonNode before, JSONSchemaProps schema) {
        types(path, value, schema);
        if (value.isObject()) {
            value.properties().forEach(member -> {
                JSONSchemaProps inner = schema.getProperties() == null
                        ? null
                        : schema.getProperties().get(member.getKey());
                String place = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
                if (inner == null && schema.getAdditionalProperties() != null) {
                    inner = schema.getAdditionalProperties().getSchema();
                }
                if (inner != null) {
                    JsonNode old = before == null ? null : before.get(member.getKey());
                    check(place, member.getValue(), old, inner);
                } else if (!path.isEmpty() && !path.startsWith("metadata") && !open(schema)) {
                    faults.add(place + ": unknown field");
                }
            });
        } else if (value.isArray() && schema.getItems() != null) {
            for (int i = 0; i < value.size(); i++) {
                check(
                        path + "[" + i + "]",
                        value.get(i),
                        null,
                        schema.getItems().getSchema());
            }
        }
        if (schema.getXKubernetesValidations() != null) {
            schema.getXKubernetesValidations().forEach(rule -> rule(path, value, before, rule));
        }
    }

    private static boolean open(JSONSchemaProps schema) {
        return Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())
                || schema.getAdditionalProperties() != null;
    }

    private void types(String path, JsonNode value, JSONSchemaProps schema) {
        boolean fits = schema.getType() == null
                || switch (schema.getType()) {
                    case "integer" -> value.isIntegralNumber();
                    case "string" -> value.isTextual();
                    case "boolean" -> value.isBoolean();
                    case "array" -> value.isArray();
                    case "object" -> value.isObject();
                    default -> true;
                };
        if (!fits) {
            faults.add(path + ": must be of type " + schema.getType());
            return;
        }
        if (schema.getRequired() != null) {
            schema.getRequired().stream()
                    .filter(name -> !value.has(name))
                    .forEach(name -> faults.add((path.isEmpty() ? name : path + "." + name) + ": required"));
        }
        if (schema.getEnum() != null
                && !schema.getEnum().isEmpty()
                && !schema.getEnum().contains(value)) {
            faults.add(path + ": unsupported value, one of " + schema.getEnum());
        }
        bounds(path, value, schema);
    }

    private void bounds(String path, JsonNode value, JSONSchemaProps schema) {
        if (schema.getMinimum() != null && value.asDouble() < schema.getMinimum()) {
            faults.add(path + ": should be at least " + schema.getMinimum());
        }
        if (schema.getMaximum() != null && value.asDouble() > schema.getMaximum()) {
            faults.add(path + ": should be at most " + schema.getMaximum());
        }
        if (schema.getPattern() != null && !value.asText().matches(schema.getPattern())) {
            faults.add(path + ": should match " + schema.getPattern());
        }
        if (schema.getMaxLength() != null && value.asText().length() > schema.getMaxLength()
                || schema.getMinLength() != null && value.asText().length() < schema.getMinLength()) {
            faults.add(path + ": wrong length");
        }
        if (schema.getMaxItems() != null && value.size() > schema.getMaxItems()) {
            faults.add(path + ": too many items");
        }
    }

    private void rule(String path, JsonNode value, JsonNode before, ValidationRule rule) {
        boolean transition = rule.getRule().contains("oldSelf");
        if (transition && before == null) {
            return;
        }
        Map<String, Object> variables = new HashMap<>(Map.of("self", JSON.convertValue(value, Object.class)));
        if (transition) {
            variables.put("oldSelf", JSON.convertValue(before, Object.class));
        }
        try {
            var program = RUNTIME.createProgram(COMPILER.compile(rule.getRule()).getAst());
            if (!Boolean.TRUE.equals(program.eval(variables))) {
                faults.add(path + ": " + rule.getMessage());
            }
        } catch (Exception e) {
            throw new AssertionError("The rule at " + path + " can't be evaluated: " + rule.getRule(), e);
        }
    }
}
