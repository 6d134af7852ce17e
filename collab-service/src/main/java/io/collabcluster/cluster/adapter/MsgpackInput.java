package io.collabcluster.cluster.adapter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes values from bytes one after another, by the type that each begins with. Source: the msgpack specification. */
final class MsgpackInput {

    /** The largest number up to which a double tells all whole ones apart. */
    private static final double MAX_EXACT = 0x1p53;

    private final byte[] bytes;
    private int at;

    MsgpackInput(byte[] bytes) {
        this.bytes = bytes;
    }

    int remaining() {
        return bytes.length - at;
    }

    /** What the next value begins with. */
    int type() {
        return (int) big(1);
    }

    static boolean isMap(int type) {
        return type >= 0x80 && type < 0x90 || type == 0xde || type == 0xdf;
    }

    static boolean isArray(int type) {
        return type >= 0x90 && type < 0xa0 || type == 0xdc || type == 0xdd;
    }

    static boolean isText(int type) {
        return type >= 0xa0 && type < 0xc0 || type >= 0xd9 && type <= 0xdb;
    }

    static boolean isNumber(int type) {
        return type < 0x80 || type >= 0xe0 || type >= 0xca && type <= 0xd3;
    }

    static boolean isTruth(int type) {
        return type == 0xc2 || type == 0xc3;
    }

    static boolean isBinary(int type) {
        return type >= 0xc4 && type <= 0xc6;
    }

    static boolean isFloat(int type) {
        return type == 0xca || type == 0xcb;
    }

    /** Of an array's elements or a map's pairs, each of which takes a byte at least. */
    int count(int type) {
        return switch (type) {
            case 0xdc, 0xde -> length(2);
            case 0xdd, 0xdf -> length(4);
            default -> type & 0x0f;
        };
    }

    String text(int type) {
        int length =
                switch (type) {
                    case 0xd9 -> length(1);
                    case 0xda -> length(2);
                    case 0xdb -> length(4);
                    default -> type & 0x1f;
                };
        int start = take(length);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    byte[] binary(int type) {
        return bytes(length(1 << type - 0xc4));
    }

    byte[] bytes(int length) {
        int start = take(length);
        return Arrays.copyOfRange(bytes, start, start + length);
    }

    /** Two's complement for 0xcf too: whoever cares asks for its text. */
    long integer(int type) {
        return switch (type) {
            case 0xcc -> big(1);
            case 0xcd -> big(2);
            case 0xce -> big(4);
            case 0xcf, 0xd3 -> big(8);
            case 0xd0 -> (byte) big(1);
            case 0xd1 -> (short) big(2);
            case 0xd2 -> (int) big(4);
            default -> (byte) type;
        };
    }

    double float64(int type) {
        return type == 0xca ? Float.intBitsToFloat((int) big(4)) : Double.longBitsToDouble(big(8));
    }

    /** Appends a number or truth value as JSON. */
    void scalar(int type, StringBuilder json) {
        if (isTruth(type)) {
            json.append(type == 0xc3);
        } else if (isFloat(type)) {
            double value = float64(type);
            if (value == Math.rint(value) && Math.abs(value) <= MAX_EXACT) {
                json.append((long) value);
            } else if (Double.isFinite(value)) {
                json.append(value);
            } else {
                json.append("null");
            }
        } else if (type == 0xcf) {
            json.append(Long.toUnsignedString(integer(type)));
        } else {
            json.append(integer(type));
        }
    }

    /** Whether, behind the type of an extension of 1 byte, {@code notepack.io}'s old undefined stands. */
    boolean isUndefined() {
        return remaining() >= 2 && bytes[at] == 0;
    }

    /** An extension's length; its own type follows, as the first byte of that many and one. */
    int extension(int type) {
        return switch (type) {
            case 0xc7, 0xc8, 0xc9 -> length(1 << type - 0xc7);
            default -> 1 << type - 0xd4;
        };
    }

    void skip(int type) {
        new MsgpackSkip(this).value(type);
    }

    /** A length that so many bytes tell; what it counts must be there. */
    private int length(int width) {
        long length = big(width);
        if (length > remaining()) {
            throw new MalformedMessage("it ends within a value of " + length + " bytes or elements");
        }
        return (int) length;
    }

    long big(int width) {
        int start = take(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | bytes[start + i] & 0xFF;
        }
        return value;
    }

    int take(int length) {
        if (length > remaining()) {
            throw new MalformedMessage("it ends within a value");
        }
        int start = at;
        at += length;
        return start;
    }
}
