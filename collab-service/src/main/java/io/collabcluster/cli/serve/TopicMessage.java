package io.collabcluster.cli.serve;

import io.collabcluster.cluster.redis.JsonBody;
import io.collabcluster.collab.topic.TopicChange;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A topic's news on the bus, in UTF-8: {@code SEQUENCE EVENT}, a line feed, and the change's JSON as it stands; or {@code
 * SEQUENCE} and a line feed alone, for a change that is too large to travel.
 */
sealed interface TopicMessage {

    /** Of a message. A larger change is read from the database by whoever has subscribers of it. */
    int MOST_BYTES = 64 << 10;

    record Changed(String topic, long sequence, String event, String json) implements TopicMessage, TopicChange {

        /** The comment's id. Read when it is asked for, as that is seldom. */
        @Override
        public String subject() {
            return JsonBody.textAt(json, "comment", "id").orElse("");
        }
    }

    record Head(long sequence) implements TopicMessage {}

    /** Something else; says what is wrong with it, and nothing that it contains. */
    record Garbage(String fault) implements TopicMessage {}

    Pattern HEADER = Pattern.compile("([1-9][0-9]{0,17})(?: ([a-z]{1,20}:[a-z]{1,20}))?");

    /** Of the longest header. */
    int HEADER_BYTES = 64;

    static Buffer encode(TopicChange change) {
        if (change.json().length() <= MOST_BYTES) {
            var message = Buffer.buffer(change.sequence() + " " + change.event() + "\n" + change.json());
            if (message.length() <= MOST_BYTES) {
                return message;
            }
        }
        return Buffer.buffer(change.sequence() + "\n");
    }

    static TopicMessage decode(String topic, Buffer message) {
        if (message.length() > MOST_BYTES) {
            return new Garbage(message.length() + " bytes, more than " + MOST_BYTES);
        }
        byte[] bytes = message.getBytes();
        int end = 0;
        while (end < bytes.length && end < HEADER_BYTES && bytes[end] != '\n') {
            end++;
        }
        var header = HEADER.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        if (end >= bytes.length || end == HEADER_BYTES || !header.matches()) {
            return new Garbage("it begins with no number and event");
        }
        long sequence = Long.parseLong(header.group(1));
        if (header.group(2) == null) {
            return end + 1 == bytes.length ? new Head(sequence) : new Garbage("a number without an event has a body");
        }
        String event = header.group(2);
        return JsonBody.read(bytes, end + 1)
                .<TopicMessage>map(json -> new Changed(topic, sequence, event, json))
                .orElseGet(() -> new Garbage("its body is no JSON object"));
    }
}
