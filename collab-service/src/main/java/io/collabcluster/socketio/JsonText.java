package io.collabcluster.socketio;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.Base64;
import java.util.List;

/** How values become JSON text and back: one Jackson configuration for the package. */
final class JsonText {

    /** Deeper JSON is refused: a parser that descends, here or at another client, must not run out of stack. */
    static final int MAX_DEPTH = 500;

    /** The serializer's attribute that holds the attachments found so far; without it binary is written in base64. */
    static final Object ATTACHMENTS = "attachments";

    /** Names are not interned: they come from clients, and are seldom looked at. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    static final JsonMapper MAPPER = JsonMapper.builder(FACTORY)
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(new RawJson())
                    .addSerializer(new Binary())
                    .addSerializer(new RawElement()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private JsonText() {}

    static String write(Object value) {
        return write(value, null);
    }

    /** @param attachments takes the binary parts that the value has, for each of which a placeholder is written */
    static String write(Object value, List<byte[]> attachments) {
        try {
            return MAPPER.writer().withAttribute(ATTACHMENTS, attachments).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "no JSON can be made of a " + value.getClass().getName() + ": " + fault(e), e);
        }
    }

    /** What is wrong, without Jackson's remarks on a source that it must not show. */
    static String fault(JsonProcessingException e) {
        String what = e.getOriginalMessage().replaceAll("(?s) \\(for .*| at \\[Source.*", "");
        return e.getLocation() == null
                ? what
                : what + ", at character " + e.getLocation().getCharOffset();
    }

    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 16).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    static String placeholder(int num) {
        return "{\"_placeholder\":true,\"num\":" + num + '}';
    }

    @SuppressWarnings("unchecked")
    private static List<byte[]> attachments(SerializerProvider provider) {
        return (List<byte[]>) provider.getAttribute(ATTACHMENTS);
    }

    private static final class RawJson extends StdSerializer<Json> {
        private static final long serialVersionUID = 1L;

        RawJson() {
            super(Json.class);
        }

        @Override
        public void serialize(Json json, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeRawValue(json.text());
        }
    }

    private static final class RawElement extends StdSerializer<Payload.Element> {
        private static final long serialVersionUID = 1L;

        RawElement() {
            super(Payload.Element.class);
        }

        @Override
        public void serialize(Payload.Element element, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            List<byte[]> attachments = attachments(provider);
            out.writeRawValue(attachments == null ? element.text() : element.renumbered(attachments));
        }
    }

    private static final class Binary extends StdSerializer<byte[]> {
        private static final long serialVersionUID = 1L;

        Binary() {
            super(byte[].class);
        }

        @Override
        public void serialize(byte[] bytes, JsonGenerator out, SerializerProvider provider) throws IOException {
            List<byte[]> attachments = attachments(provider);
            if (attachments == null) {
                out.writeString(Base64.getEncoder().encodeToString(bytes));
            } else {
                out.writeRawValue(placeholder(attachments.size()));
                attachments.add(bytes);
            }
        }
    }
}
