package io.collabcluster.collab.comment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Holds JSON values against the part of JSON Schema that the AsyncAPI file uses. */
record JsonShape(JsonNode document) {

    JsonNode resolve(JsonNode node) {
        String reference = node.path("$ref").asText();
        if (reference.isEmpty()) {
            return node;
        }
        JsonNode target = document.at(reference.substring(1));
        if (target.isMissingNode()) {
            throw new AssertionError("nothing at " + reference);
        }
        return resolve(target);
    }

    /** What is wrong with the value, empty when nothing is. */
    List<String> faults(JsonNode schema, JsonNode value) {
        var faults = new ArrayList<String>();
        check(resolve(schema), value, "", faults);
        return faults;
    }

    private void check(JsonNode schema, JsonNode value, String path, List<String> faults) {
        if (schema.has("const") && !schema.get("const").equals(value)) {
            faults.add(path + " is not " + schema.get("const"));
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            faults.add(path + " is none of " + schema.get("enum"));
        }
        switch (schema.path("type").asText()) {
            case "object" -> object(schema, value, path, faults);
            case "array" -> {
                expect(value.isArray(), "an array", path, faults);
                value.forEach(item -> check(resolve(schema.get("items")), item, path + "/-", faults));
            }
            case "string" -> string(schema, value, path, faults);
            case "integer" ->
                expect(
                        value.isIntegralNumber()
                                && value.asLong() >= schema.path("minimum").asLong(0),
                        "a whole number",
                        path,
                        faults);
            case "boolean" -> expect(value.isBoolean(), "a boolean", path, faults);
            case "" -> {}
            default -> faults.add(path + ": the schema has a type that is not known here");
        }
    }

    private void object(JsonNode schema, JsonNode value, String path, List<String> faults) {
        expect(value.isObject(), "an object", path, faults);
        schema.path("required")
                .forEach(name -> expect(value.has(name.asText()), "there", path + "/" + name.asText(), faults));
        for (var field : value.properties()) {
            JsonNode known = schema.path("properties").path(field.getKey());
            if (known.isMissingNode()) {
                faults.add(path + "/" + field.getKey() + " is not in the schema");
            } else {
                check(resolve(known), field.getValue(), path + "/" + field.getKey(), faults);
            }
        }
    }

    private static void string(JsonNode schema, JsonNode value, String path, List<String> faults) {
        expect(value.isTextual(), "a string", path, faults);
        try {
            switch (schema.path("format").asText()) {
                case "uuid" -> UUID.fromString(value.asText());
                case "date-time" -> Instant.parse(value.asText());
                default -> {}
            }
        } catch (RuntimeException e) {
            faults.add(path + " is no " + schema.get("format").asText());
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static void expect(boolean holds, String what, String path, List<String> faults) {
        if (!holds) {
            faults.add(path + " is not " + what);
        }
    }
}
