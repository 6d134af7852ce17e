package io.collabcluster.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The environment's variables {@code COLLAB_…}, laid over the file: every key has one, named after its path, and it wins.
 *
 * <p>Kubernetes sets variables for each Service of a namespace; those of one named {@code collab} or {@code collab-…} look
 * like ours ({@code COLLAB_PORT=tcp://10.0.0.1:3000}), and are passed over.
 */
final class Environment {

    static final String PREFIX = "COLLAB_";

    /** Of the start script, not of the configuration. */
    private static final Set<String> OTHERS = Set.of("COLLAB_HOME", "COLLAB_JAVA_OPTIONS");

    private static final Pattern SERVICE_NAME = Pattern.compile(
            ".*_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");
    private static final Pattern SERVICE_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, String> variables;
    private final Schema schema;
    private final Faults faults;

    Environment(Map<String, String> variables, Schema schema, Faults faults) {
        this.variables = new TreeMap<>(variables);
        this.schema = schema;
        this.faults = faults;
    }

    /** The file's keys with the variables over them; objects before the keys inside of them. */
    Element.Members over(Element.Members file) {
        Element.Members merged = file;
        Map<Key<?>, String> given = new LinkedHashMap<>();
        variables.forEach((name, value) -> known(name, value).ifPresent(key -> given.put(key, value)));
        List<Key<?>> outermostFirst = schema.keys().stream()
                .filter(given::containsKey)
                .sorted((a, b) -> Integer.compare(depth(a), depth(b)))
                .<Key<?>>map(key -> key)
                .toList();
        for (Key<?> key : outermostFirst) {
            merged = with(merged, List.of(key.path().split("\\.")), element(key, given.get(key)));
        }
        return merged;
    }

    private Optional<Key<?>> known(String name, String value) {
        if (!name.startsWith(PREFIX) || OTHERS.contains(name)) {
            return Optional.empty();
        }
        Optional<Key<?>> key = schema.ofVariable(name);
        boolean ofService = SERVICE_VALUE.matcher(value).matches() && name.endsWith("_PORT")
                || SERVICE_NAME.matcher(name).matches();
        if (ofService && (key.isEmpty() || SERVICE_VALUE.matcher(value).matches())) {
            return Optional.empty();
        }
        if (key.isEmpty()) {
            faults.add("", Where.environment(name), "there is no such variable", schema.insteadOfVariable(name));
        }
        return key;
    }

    private static int depth(Key<?> key) {
        return key.path().split("\\.").length;
    }

    /** A variable holds a text, or JSON where the key takes something else. */
    private Element element(Key<?> key, String value) {
        Where where = Where.environment(key.variable());
        boolean text = key.type() instanceof Type.Text || key.type() instanceof Type.File;
        if (!text && (value.startsWith("{") || value.startsWith("["))) {
            return new JsonDocument(key.variable(), where.base(), faults).read(value);
        }
        if (!text && (value.equals("true") || value.equals("false"))) {
            return new Element.Flag(value.equals("true"), where);
        }
        if (key.type() instanceof Type.Whole && value.matches("-?\\d{1,18}")) {
            return new Element.Number(value, where);
        }
        if (key.type() instanceof ListType<?> && value.isEmpty()) {
            return new Element.Items(List.of(), where);
        }
        return new Element.Text(value, where);
    }

    private static Element.Members with(Element.Members object, List<String> path, Element value) {
        Map<String, Element> members = new LinkedHashMap<>(object.members());
        String name = path.getFirst();
        if (path.size() == 1) {
            members.put(name, value);
        } else {
            Element.Members inner = members.get(name) instanceof Element.Members there
                    ? there
                    : new Element.Members(Map.of(), value.where());
            members.put(name, with(inner, path.subList(1, path.size()), value));
        }
        return new Element.Members(members, object.where());
    }
}
