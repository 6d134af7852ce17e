package io.collabcluster.cluster.roster;

import io.collabcluster.cluster.redis.JsonBody;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What nodes tell each other about a group, in UTF-8: a line, and the value where there is one. */
sealed interface RosterMessage {

    /** {@code put NODE VERSION MEMBER}, line feed, the value. */
    record Put(String node, long version, String member, String value) implements RosterMessage {}

    /** {@code del NODE VERSION MEMBER}: with the version that it had. */
    record Removed(String node, long version, String member) implements RosterMessage {}

    /** {@code sum NODE DIGEST}: of the node's members and their versions. */
    record Sum(String node, String digest) implements RosterMessage {}

    /** {@code who NODE}: the node is about to read what is stored. */
    record Who(String node) implements RosterMessage {}

    /** Something else; says what is wrong with it, and nothing that it contains. */
    record Garbage(String fault) implements RosterMessage {}

    int MOST_BYTES = 256 << 10;

    int HEADER_BYTES = 160;

    Pattern HEADER =
            Pattern.compile("(?:(put|del) (?<node>[\\w-]{1,40}) (?<version>[1-9][0-9]{0,17}) (?<member>[\\w-]{1,64})"
                    + "|sum (?<summed>[\\w-]{1,40}) (?<digest>[0-9]{1,9}:[0-9a-f]{1,16})"
                    + "|who (?<asking>[\\w-]{1,40}))");

    static Buffer put(String node, Entry entry, String member) {
        return Buffer.buffer("put " + node + ' ' + entry.version() + ' ' + member + '\n' + entry.value());
    }

    static Buffer removed(String node, long version, String member) {
        return Buffer.buffer("del " + node + ' ' + version + ' ' + member + '\n');
    }

    static Buffer sum(String node, String digest) {
        return Buffer.buffer("sum " + node + ' ' + digest + '\n');
    }

    static Buffer who(String node) {
        return Buffer.buffer("who " + node + '\n');
    }

    static RosterMessage decode(Buffer message) {
        if (message.length() > MOST_BYTES) {
            return new Garbage(message.length() + " bytes, more than " + MOST_BYTES);
        }
        byte[] bytes = message.getBytes();
        int end = 0;
        while (end < bytes.length && end < HEADER_BYTES && bytes[end] != '\n') {
            end++;
        }
        var header = HEADER.matcher(new String(bytes, 0, end, StandardCharsets.ISO_8859_1));
        if (end == bytes.length || end == HEADER_BYTES || !header.matches()) {
            return new Garbage("it begins with no line that is known");
        }
        boolean bare = end + 1 == bytes.length;
        if ("put".equals(header.group(1))) {
            return put(header, bytes, end + 1);
        }
        if (!bare) {
            return new Garbage("there is something behind its line");
        }
        if (header.group("asking") != null) {
            return new Who(header.group("asking"));
        }
        if (header.group("summed") != null) {
            return new Sum(header.group("summed"), header.group("digest"));
        }
        return new Removed(header.group("node"), Long.parseLong(header.group("version")), header.group("member"));
    }

    private static RosterMessage put(Matcher header, byte[] bytes, int from) {
        long version = Long.parseLong(header.group("version"));
        return JsonBody.read(bytes, from)
                .<RosterMessage>map(value -> new Put(header.group("node"), version, header.group("member"), value))
                .orElseGet(() -> new Garbage("its value is no JSON object"));
    }
}
