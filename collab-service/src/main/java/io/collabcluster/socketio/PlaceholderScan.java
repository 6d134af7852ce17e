package io.collabcluster.socketio;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.collabcluster.socketio.Payload.Placeholder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/** Finds the placeholders of a binary packet's attachments: objects with {@code _placeholder: true} and a {@code num}. */
final class PlaceholderScan {

    private final JsonParser parser;
    private final int expected;
    private final BitSet seen = new BitSet();

    /** @param expected how many attachments there are to refer to */
    PlaceholderScan(JsonParser parser, int expected) {
        this.parser = parser;
        this.expected = expected;
    }

    /** An object or array that is being read, and what speaks for its being a placeholder. */
    private static final class Open {
        final int start;
        boolean marked;
        int num = -1;

        Open(int start) {
            this.start = start;
        }
    }

    /** Reads the object or array that the parser stands at. Positions count from its beginning. */
    List<Placeholder> read() throws IOException {
        int origin = (int) parser.currentTokenLocation().getCharOffset();
        var found = new ArrayList<Placeholder>(2);
        var open = new ArrayDeque<Open>();
        JsonToken token = parser.currentToken();
        do {
            if (token.isStructStart()) {
                open.push(new Open((int) parser.currentTokenLocation().getCharOffset() - origin));
            } else if (token.isStructEnd()) {
                close(open.pop(), origin, found);
            } else {
                scalar(token, open);
            }
        } while (!open.isEmpty() && (token = parser.nextToken()) != null);
        return found;
    }

    private void scalar(JsonToken token, Deque<Open> open) throws IOException {
        if (token == JsonToken.VALUE_TRUE && "_placeholder".equals(parser.currentName())) {
            open.peek().marked = true;
        } else if (token == JsonToken.VALUE_NUMBER_INT && "num".equals(parser.currentName())) {
            String digits = parser.getText();
            open.peek().num = digits.length() > 9 ? -1 : Integer.parseInt(digits);
        } else {
            parser.finishToken();
        }
    }

    private void close(Open object, int origin, List<Placeholder> found) {
        if (!object.marked) {
            return;
        }
        if (object.num < 0 || object.num >= expected) {
            throw new PacketException("a placeholder's num must be from 0 to " + (expected - 1));
        }
        if (seen.get(object.num)) {
            throw new PacketException("attachment " + object.num + " is referred to twice");
        }
        seen.set(object.num);
        int end = (int) parser.currentLocation().getCharOffset() - origin;
        found.removeIf(inner -> inner.start() > object.start);
        found.add(new Placeholder(object.start, end, object.num));
    }
}
