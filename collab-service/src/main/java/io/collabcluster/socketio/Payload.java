package io.collabcluster.socketio;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of an event or of an acknowledgement: JSON texts, and the binary parts that stand in them as
 * placeholders. Immutable; an argument of one can be emitted again as part of another.
 */
public final class Payload {

    public static final Payload EMPTY = new Payload(List.of(), List.of());

    private final List<Element> elements;
    private final List<byte[]> attachments;

    Payload(List<Element> elements, List<byte[]> attachments) {
        this.elements = elements;
        this.attachments = attachments;
    }

    /**
     * @param args each a {@link Json}, an {@link Element}, {@code byte[]}, a string, number, boolean or null, or
     *     anything that Jackson can write; binary may be anywhere inside of it
     * @throws IllegalArgumentException when one can't be written as JSON
     */
    public static Payload of(Object... args) {
        if (args.length == 0) {
            return EMPTY;
        }
        var elements = new ArrayList<Element>(args.length);
        var attachments = new ArrayList<byte[]>(0);
        for (Object arg : args) {
            elements.add(Element.of(arg, attachments));
        }
        return new Payload(Collections.unmodifiableList(elements), Collections.unmodifiableList(attachments));
    }

    public int size() {
        return elements.size();
    }

    /** The raw text of an argument; binary parts in it are placeholders. */
    public Json json(int i) {
        return new Json(elements.get(i).text());
    }

    public Optional<Json> find(int i) {
        return i < elements.size() ? Optional.of(json(i)) : Optional.empty();
    }

    /** The bytes of an argument that is nothing but binary. */
    public Optional<byte[]> binary(int i) {
        return i < elements.size() ? elements.get(i).binary() : Optional.empty();
    }

    /** The arguments as they can be emitted again, binary included. */
    public Object[] elements() {
        return elements.toArray();
    }

    /** The binary parts, by the number of their placeholder. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /** The size for {@code Session.hold}: characters of text and bytes of attachments. */
    public int bytes() {
        long bytes = 0;
        for (Element element : elements) {
            bytes += element.text().length();
        }
        for (byte[] attachment : attachments) {
            bytes += attachment.length;
        }
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    Payload with(Object last) {
        var args = new ArrayList<Object>(elements);
        args.add(last);
        return of(args.toArray());
    }

    void appendTo(StringBuilder json) {
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                json.append(',');
            }
            json.append(elements.get(i).text());
        }
    }

    /** Where a placeholder stands in a text, and the number that its binary has in {@link #attachments}. */
    public record Placeholder(int start, int end, int num) {}

    /** The arguments one by one, binary parts with where they stand. */
    public List<Element> list() {
        return elements;
    }

    /** One argument. */
    public static final class Element {

        private final String text;
        private final List<Placeholder> placeholders;
        private final List<byte[]> attachments;

        /** @param attachments those of the whole payload, by number */
        Element(String text, List<Placeholder> placeholders, List<byte[]> attachments) {
            this.text = text;
            this.placeholders = placeholders;
            this.attachments = attachments;
        }

        static Element of(Object arg, List<byte[]> attachments) {
            return switch (arg) {
                case null -> plain("null");
                case Json json -> plain(json.text());
                case String string -> plain(JsonText.quote(string));
                case Boolean truth -> plain(truth.toString());
                // As JSON.stringify has it.
                case Double number when !Double.isFinite(number) -> plain("null");
                case Float number when !Float.isFinite(number) -> plain("null");
                case Number number -> plain(JsonText.write(number));
                case Element element when element.placeholders.isEmpty() -> element;
                default -> written(arg, attachments);
            };
        }

        private static Element plain(String text) {
            return new Element(text, List.of(), List.of());
        }

        private static Element written(Object arg, List<byte[]> attachments) {
            int before = attachments.size();
            String text = JsonText.write(arg, attachments);
            if (attachments.size() == before) {
                return plain(text);
            }
            try {
                return PayloadReader.element(text, attachments);
            } catch (PacketException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }

        /** JSON; binary parts in it are placeholders. */
        public String text() {
            return text;
        }

        /** In the order of the text. */
        public List<Placeholder> placeholders() {
            return placeholders;
        }

        Optional<byte[]> binary() {
            return placeholders.size() == 1
                            && placeholders.getFirst().start() == 0
                            && placeholders.getFirst().end() == text.length()
                    ? Optional.of(attachments.get(placeholders.getFirst().num()))
                    : Optional.empty();
        }

        /** The text with its attachments added to another payload's. */
        String renumbered(List<byte[]> others) {
            var json = new StringBuilder(text.length() + 8);
            int from = 0;
            for (Placeholder placeholder : placeholders) {
                json.append(text, from, placeholder.start()).append(JsonText.placeholder(others.size()));
                others.add(attachments.get(placeholder.num()));
                from = placeholder.end();
            }
            return json.append(text, from, text.length()).toString();
        }
    }
}
