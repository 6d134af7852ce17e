package io.collabcluster.cluster.adapter;

/** Characters to UTF-8, in place. Half a surrogate pair becomes U+FFFD, as in Node. */
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static int length(char[] chars, int from, int count) {
        int length = count;
        for (int i = from; i < from + count; i++) {
            char c = chars[i];
            if (c >= 0x80) {
                // A pair is two characters and four bytes; half of one, like the rest from here, has three.
                length += c < 0x800 ? 1 : isPair(chars, i, from + count) || isSecond(chars, i, from) ? 1 : 2;
            }
        }
        return length;
    }

    static void write(char[] chars, int from, int count, byte[] out, int at) {
        int to = at;
        for (int i = from; i < from + count; i++) {
            char c = chars[i];
            if (c < 0x80) {
                out[to++] = (byte) c;
            } else if (c < 0x800) {
                out[to++] = (byte) (0xc0 | c >> 6);
                out[to++] = (byte) (0x80 | c & 0x3f);
            } else if (isPair(chars, i, from + count)) {
                int point = Character.toCodePoint(c, chars[++i]);
                out[to++] = (byte) (0xf0 | point >> 18);
                out[to++] = (byte) (0x80 | point >> 12 & 0x3f);
                out[to++] = (byte) (0x80 | point >> 6 & 0x3f);
                out[to++] = (byte) (0x80 | point & 0x3f);
            } else {
                char whole = Character.isSurrogate(c) ? REPLACEMENT : c;
                out[to++] = (byte) (0xe0 | whole >> 12);
                out[to++] = (byte) (0x80 | whole >> 6 & 0x3f);
                out[to++] = (byte) (0x80 | whole & 0x3f);
            }
        }
    }

    private static boolean isPair(char[] chars, int i, int end) {
        return Character.isHighSurrogate(chars[i]) && i + 1 < end && Character.isLowSurrogate(chars[i + 1]);
    }

    private static boolean isSecond(char[] chars, int i, int from) {
        return Character.isLowSurrogate(chars[i]) && i > from && Character.isHighSurrogate(chars[i - 1]);
    }
}
