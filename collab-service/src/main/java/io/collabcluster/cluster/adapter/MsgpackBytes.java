package io.collabcluster.cluster.adapter;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** A growing array that values are put into in their shortest form. Source: the msgpack specification. */
final class MsgpackBytes {

    private static final int HEADER_32_BITS = 5;

    private byte[] bytes = new byte[256];
    private int size;

    int size() {
        return size;
    }

    Buffer buffer() {
        return Buffer.buffer(size).appendBytes(bytes, 0, size);
    }

    void put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    private void big(long value, int width) {
        ensure(width);
        for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >> shift);
        }
    }

    /**
     * An array's or an object's.
     *
     * @param few the type for less than 16
     * @param many the type with 16 bits; the next one has 32
     */
    void header(int count, int few, int many) {
        if (count < 0x10) {
            put(few | count);
        } else if (count < 0x10000) {
            put(many);
            big(count, 2);
        } else {
            put(many + 1);
            big(count, 4);
        }
    }

    /** Leaves room for the header of what is not counted yet. */
    int open() {
        put(0);
        return size - 1;
    }

    /** Fills in the header that was left open, and makes more room for it where it needs more. */
    void close(int opened, int count, int few, int many) {
        int more = count < 0x10 ? 0 : count < 0x10000 ? 2 : 4;
        ensure(more);
        System.arraycopy(bytes, opened + 1, bytes, opened + 1 + more, size - opened - 1);
        int end = size + more;
        size = opened;
        header(count, few, many);
        size = end;
    }

    void integer(long value) {
        if (value >= 0) {
            natural(value);
        } else if (value >= -0x20) {
            put((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            put(0xd0);
            put((int) value);
        } else if (value >= Short.MIN_VALUE) {
            put(0xd1);
            big(value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            put(0xd2);
            big(value, 4);
        } else {
            put(0xd3);
            big(value, 8);
        }
    }

    private void natural(long value) {
        if (value < 0x80) {
            put((int) value);
        } else if (value < 0x100) {
            put(0xcc);
            put((int) value);
        } else if (value < 0x10000) {
            put(0xcd);
            big(value, 2);
        } else if (value < 0x100000000L) {
            put(0xce);
            big(value, 4);
        } else {
            put(0xcf);
            big(value, 8);
        }
    }

    /** @param value all of its 64 bits count */
    void unsigned(long value) {
        put(0xcf);
        big(value, 8);
    }

    /** JavaScript has one type of number: a whole one is written as an integer, however it was spelt. */
    void number(double value) {
        if (value == Math.rint(value) && value >= Long.MIN_VALUE && value < Long.MAX_VALUE) {
            integer((long) value);
        } else if (value == Math.rint(value) && value > 0 && value < 0x1p64) {
            unsigned((long) (value - 0x1p63) ^ Long.MIN_VALUE);
        } else {
            float64(value);
        }
    }

    void float64(double value) {
        put(0xcb);
        big(Double.doubleToRawLongBits(value), 8);
    }

    void binary(byte[] value) {
        if (value.length < 0x100) {
            put(0xc4);
            put(value.length);
        } else if (value.length < 0x10000) {
            put(0xc5);
            big(value.length, 2);
        } else {
            put(0xc6);
            big(value.length, 4);
        }
        ensure(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    void text(String value) {
        text(value.toCharArray(), 0, value.length());
    }

    void text(char[] chars, int from, int count) {
        int length = Utf8.length(chars, from, count);
        if (length < 0x20) {
            put(0xa0 | length);
        } else if (length < 0x100) {
            put(0xd9);
            put(length);
        } else if (length < 0x10000) {
            put(0xda);
            big(length, 2);
        } else {
            put(0xdb);
            big(length, 4);
        }
        ensure(length);
        Utf8.write(chars, from, count, bytes, size);
        size += length;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more + HEADER_32_BITS)));
        }
    }
}
