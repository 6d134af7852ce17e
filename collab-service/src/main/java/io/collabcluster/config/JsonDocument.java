package io.collabcluster.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON text into {@link Element}s, and notes the keys that stand there twice. */
final class JsonDocument {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final String source;
    private final Path base;
    private final Faults faults;

    /** @param source how messages name the text, e.g. {@code config.json} */
    JsonDocument(String source, Path base, Faults faults) {
        this.source = source;
        this.base = base;
        this.faults = faults;
    }

    /** The text's one value; where it isn't JSON, a fault is noted, and the value is an empty object. */
    Element read(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return failed(source, "there is nothing in it", "a JSON object; {} takes every default");
            }
            Element element = element(parser, "");
            if (parser.nextToken() != null) {
                return failed(where(parser).text(), "text follows the end of the object", "one JSON object");
            }
            return element;
        } catch (StreamConstraintsException e) {
            return failed(source, "nested too deeply, or a number or a text in it is too long", "a configuration");
        } catch (JsonProcessingException e) {
            return failed(at(e.getLocation()), "not JSON: " + reason(e), "plain JSON, without comments");
        } catch (IOException e) {
            return failed(source, "can't be read", "a JSON object");
        }
    }

    private Element element(JsonParser parser, String path) throws IOException {
        Where where = where(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> members(parser, path, where);
            case START_ARRAY -> items(parser, path, where);
            case VALUE_STRING -> new Element.Text(parser.getText(), where);
            case VALUE_TRUE -> new Element.Flag(true, where);
            case VALUE_FALSE -> new Element.Flag(false, where);
            case VALUE_NULL -> new Element.Null(where);
            default -> new Element.Number(parser.getText(), where);
        };
    }

    private Element members(JsonParser parser, String path, Where where) throws IOException {
        Map<String, Element> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String at = path.isEmpty() ? name : path + "." + name;
            if (members.containsKey(name)) {
                faults.add(at, where(parser), "the key stands here a second time", "each key once");
            }
            parser.nextToken();
            members.put(name, element(parser, at));
        }
        return new Element.Members(members, where);
    }

    private Element items(JsonParser parser, String path, Where where) throws IOException {
        List<Element> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(element(parser, path + "[" + items.size() + "]"));
        }
        return new Element.Items(items, where);
    }

    /** Without the word itself, which may be a password that somebody forgot to quote. */
    private static String reason(JsonProcessingException e) {
        return e.getOriginalMessage().replaceFirst("(?s)Unrecognized token '.*?':", "a word without quotes:");
    }

    private Element failed(String where, String wrong, String right) {
        faults.add(new Fault("", where, wrong, right));
        return new Element.Members(Map.of(), new Where(where, base));
    }

    private Where where(JsonParser parser) {
        return new Where(at(parser.currentTokenLocation()), base);
    }

    private String at(JsonLocation location) {
        return source + ":" + location.getLineNr() + ":" + location.getColumnNr();
    }
}
