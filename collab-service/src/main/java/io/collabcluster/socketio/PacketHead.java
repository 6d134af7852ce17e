package io.collabcluster.socketio;

import java.util.OptionalLong;

/**
 * What stands before a packet's payload.
 *
 * @param type the digit
 * @param payload the rest of the text, empty when there is none
 */
record PacketHead(char type, int attachments, String namespace, OptionalLong id, String payload) {

    private static final int MAX_NAMESPACE = 1024;

    /** What a JavaScript client can count to. */
    private static final long MAX_ID = (1L << 53) - 1;

    static PacketHead of(String message, int maxAttachments) {
        return new Scan(message).head(maxAttachments);
    }

    boolean hasPayload() {
        return !payload.isEmpty();
    }

    private static final class Scan {
        private final String message;
        private int at;

        Scan(String message) {
            this.message = message;
        }

        PacketHead head(int maxAttachments) {
            char type = peek();
            if (type < '0' || type > '6') {
                throw new PacketException("a packet must begin with its type, 0 to 6");
            }
            at = 1;
            int attachments = type == '5' || type == '6' ? attachments(maxAttachments) : 0;
            String namespace = peek() == '/' ? namespace() : "/";
            OptionalLong id =
                    digit() ? OptionalLong.of(number(MAX_ID, "an acknowledgement's id")) : OptionalLong.empty();
            return new PacketHead(type, attachments, namespace, id, message.substring(at));
        }

        private int attachments(int max) {
            // Refused here, before anything is kept (CVE-2026-33151).
            int number = digit() ? (int) number(max, "the number of attachments") : -1;
            if (number < 0 || peek() != '-') {
                throw new PacketException("a binary packet must give the number of its attachments, as in 51-");
            }
            at++;
            return number;
        }

        private String namespace() {
            int comma = message.indexOf(',', at);
            // The comma may be left away when nothing follows.
            String name = message.substring(at, comma < 0 ? message.length() : comma);
            if (name.length() > MAX_NAMESPACE) {
                throw new PacketException("a namespace's name may have " + MAX_NAMESPACE + " characters at most");
            }
            at = comma < 0 ? message.length() : comma + 1;
            return name;
        }

        private long number(long max, String what) {
            int from = at;
            while (digit()) {
                at++;
            }
            long number = at - from > 16 ? Long.MAX_VALUE : Long.parseLong(message, from, at, 10);
            if (number > max) {
                throw new PacketException(what + " may be " + max + " at most");
            }
            return number;
        }

        private boolean digit() {
            return peek() >= '0' && peek() <= '9';
        }

        /** The character that comes next, 0 at the end. */
        private char peek() {
            return at < message.length() ? message.charAt(at) : 0;
        }
    }
}
