package io.collabcluster.collab.comment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Comments, changes and pages as JSON, the same over Socket.IO and REST. Location and embedded object are passed on byte for byte. */
final class CommentJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private CommentJson() {}

    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static String object(Body body) {
        var text = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String comment(Comment comment) {
        return object(json -> fields(json, comment));
    }

    static String change(Change change) {
        return object(json -> {
            json.writeStringField("topic", change.topic());
            json.writeNumberField("sequence", change.sequence());
            json.writeStringField("type", change.type().word());
            json.writeObjectFieldStart("comment");
            fields(json, change.comment());
            json.writeEndObject();
        });
    }

    static String page(CommentPage page) {
        return object(json -> pageFields(json, page));
    }

    static void pageFields(JsonGenerator json, CommentPage page) throws IOException {
        json.writeStringField("topic", page.topic());
        json.writeNumberField("head", page.head());
        json.writeBooleanField("more", page.more());
        json.writeArrayFieldStart("comments");
        for (Comment comment : page.comments()) {
            json.writeStartObject();
            fields(json, comment);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void fields(JsonGenerator json, Comment comment) throws IOException {
        json.writeStringField("id", comment.id().toString());
        json.writeStringField("topic", comment.topic());
        json.writeNumberField("sequence", comment.sequence());
        json.writeNumberField("changed", comment.changed());
        json.writeObjectFieldStart("author");
        json.writeStringField("id", comment.author().id());
        json.writeStringField("name", comment.author().name());
        json.writeEndObject();
        if (comment.text().isPresent()) {
            json.writeStringField("text", comment.text().get());
        }
        if (comment.location().isPresent()) {
            json.writeFieldName("location");
            json.writeRawValue(comment.location().get());
        }
        if (comment.embedded().isPresent()) {
            json.writeFieldName("embedded");
            json.writeRawValue(comment.embedded().get());
        }
        if (comment.clientId().isPresent() && !comment.deleted()) {
            json.writeStringField("clientId", comment.clientId().get());
        }
        json.writeStringField("createdAt", TIME.format(comment.createdAt()));
        if (comment.editedAt().isPresent() && !comment.deleted()) {
            json.writeStringField("editedAt", TIME.format(comment.editedAt().get()));
        }
        if (comment.deletedAt().isPresent()) {
            json.writeStringField("deletedAt", TIME.format(comment.deletedAt().get()));
            json.writeBooleanField("deleted", true);
        }
    }
}
