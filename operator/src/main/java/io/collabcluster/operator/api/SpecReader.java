package io.collabcluster.operator.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.stream.Collectors;

/**
 * Reads a specification block by block: one that isn't what it should be is left out, and said in
 * {@link CollabClusterSpec#unreadable}. A watch ends with the first object that it can't read, and the operator with the
 * watch: one resource with a list where an object should be would end it for all the others.
 */
final class SpecReader extends JsonDeserializer<CollabClusterSpec> {

    private static final int LONGEST = 300;

    @Override
    public CollabClusterSpec deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode given = context.readTree(parser);
        ObjectNode spec =
                given.isObject() ? given.deepCopy() : context.getNodeFactory().objectNode();
        if (!given.isObject()) {
            spec.withArray("unreadable").add("spec: it has to be an object");
        }
        while (true) {
            try {
                return context.readTreeAsValue(spec, CollabClusterSpec.class);
            } catch (UnrecognizedPropertyException e) {
                passOver(spec, e);
            } catch (JsonMappingException e) {
                leaveOut(spec, e);
            }
        }
    }

    /** A field of a newer definition, which stays when an older operator comes back. */
    private static void passOver(ObjectNode spec, UnrecognizedPropertyException unknown) throws JsonMappingException {
        JsonNode parent = spec;
        for (JsonMappingException.Reference step :
                unknown.getPath().subList(0, unknown.getPath().size() - 1)) {
            parent = step.getFieldName() == null ? parent.path(step.getIndex()) : parent.path(step.getFieldName());
        }
        if (!(parent instanceof ObjectNode object) || object.remove(unknown.getPropertyName()) == null) {
            leaveOut(spec, unknown);
        }
    }

    /** The block that the fault is in; each time one less, so that this ends. */
    private static void leaveOut(ObjectNode spec, JsonMappingException fault) throws JsonMappingException {
        String block =
                fault.getPath().isEmpty() ? "" : fault.getPath().getFirst().getFieldName();
        if (block == null || spec.remove(block) == null) {
            throw fault;
        }
        spec.withArray("unreadable").add(words(fault));
    }

    private static String words(JsonMappingException fault) {
        String place = fault.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining("", "spec", ""));
        String reason = fault.getOriginalMessage().lines().findFirst().orElse("");
        return place + ": it can't be read; "
                + (reason.length() > LONGEST ? reason.substring(0, LONGEST) + " …" : reason);
    }
}
