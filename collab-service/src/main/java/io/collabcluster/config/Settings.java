package io.collabcluster.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values that were given, each checked against its own key; what depends on several keys comes after. */
final class Settings {

    private final Schema schema;
    private final Faults faults;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, Where> places = new LinkedHashMap<>();

    private Settings(Schema schema, Faults faults) {
        this.schema = schema;
        this.faults = faults;
    }

    static Settings of(Element.Members given, Schema schema, Faults faults) {
        Settings settings = new Settings(schema, faults);
        settings.read("", given);
        return settings;
    }

    private void read(String parent, Element.Members object) {
        object.members().forEach((name, element) -> {
            String path = parent.isEmpty() ? name : parent + "." + name;
            schema.find(path)
                    .ifPresentOrElse(
                            key -> read(key, element),
                            () -> faults.add(
                                    path, element.where(), "there is no such key", schema.instead(parent, name)));
        });
    }

    private void read(Key<?> key, Element element) {
        places.put(key.path(), element.where());
        if (element instanceof Element.Members object && schema.hasKeysBelow(key.path())) {
            values.put(key.path(), key.type() instanceof Type.FlagOrText ? Type.FlagOrText.TRUE : Boolean.TRUE);
            read(key.path(), object);
            return;
        }
        try {
            values.put(key.path(), key.type().read(element));
        } catch (Mismatch mismatch) {
            String got = "got " + (key.secret() ? element.kind() + " that doesn't fit" : element.shown());
            boolean say = mismatch.getMessage() != null && (!key.secret() || key.type() instanceof Type.Url);
            String right =
                    element instanceof Element.Null ? mismatch.right() + "; or leave the key out" : mismatch.right();
            faults.add(key.path(), element.where(), say ? mismatch.getMessage() : got, right);
        }
    }

    /** What was given, or the default. */
    <T> T get(Key<T> key) {
        return find(key).or(key::fallback).orElseThrow();
    }

    /** What was given. */
    @SuppressWarnings("unchecked") // read() puts what the key's own type returned
    <T> Optional<T> find(Key<T> key) {
        return Optional.ofNullable((T) values.get(key.path()));
    }

    int number(Key<Long> key) {
        return Math.toIntExact(get(key));
    }

    /** Whether it was given at all, rightly or not. */
    boolean given(Key<?> key) {
        return places.containsKey(key.path());
    }

    Where where(Key<?> key) {
        return places.getOrDefault(key.path(), Where.defaults());
    }

    void fault(Key<?> key, String wrong, String right) {
        faults.add(key.path(), where(key), wrong, right);
    }

    void warn(String warning) {
        faults.warn(warning);
    }

    /** What differs from the defaults, as it may be shown. */
    List<Effective> effective() {
        List<Effective> effective = new ArrayList<>();
        values.forEach((path, value) -> {
            Key<?> key = schema.find(path).orElseThrow();
            boolean differs =
                    key.fallback().map(fallback -> !fallback.equals(value)).orElse(true);
            if (differs && !(key.type() instanceof Type.Section)) {
                effective.add(new Effective(
                        path,
                        key.secret() ? "***" : String.valueOf(value),
                        where(key).text()));
            }
        });
        return List.copyOf(effective);
    }
}
