package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.PayloadBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An extension as {@code notepack.io} understands it, and as {@code JSON.stringify} then writes it. */
final class MsgpackExtension {

    /** The type of a date: timestamps of 32, 64 and 96 bits. */
    private static final byte TIMESTAMP = -1;

    /** The type of what older versions wrote: undefined (1 byte), a date (8 bytes), an ArrayBuffer. */
    private static final byte LEGACY = 0;

    /** Of the 64 bits of a timestamp, those for the seconds; the others are nanoseconds. */
    private static final int SECONDS_BITS = 34;

    /** The last millisecond of a JavaScript date, and with a minus the first. */
    private static final long LAST_DATE = 8_640_000_000_000_000L;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final MsgpackInput in;
    private final PayloadBuilder out;

    MsgpackExtension(MsgpackInput in, PayloadBuilder out) {
        this.in = in;
        this.out = out;
    }

    void value(int type) {
        int length = in.extension(type);
        byte kind = (byte) in.big(1);
        if (kind == TIMESTAMP && type == 0xd6) {
            date(in.big(4) * 1e3);
        } else if (kind == TIMESTAMP && type == 0xd7) {
            long bits = in.big(8);
            date((bits & (1L << SECONDS_BITS) - 1) * 1e3 + (bits >>> SECONDS_BITS) / 1e6);
        } else if (kind == TIMESTAMP && type == 0xc7 && length == 12) {
            long nanos = in.big(4);
            date(in.big(8) * 1e3 + nanos / 1e6);
        } else if (kind == LEGACY && type == 0xd4) {
            in.bytes(length);
            out.text().append("null");
        } else if (kind == LEGACY && type == 0xd7) {
            date(in.big(8));
        } else if (kind == LEGACY && type >= 0xc7 && type <= 0xc9) {
            out.binary(in.bytes(length));
        } else {
            out.text().append('[').append(kind).append(',');
            out.binary(in.bytes(length));
            out.text().append(']');
        }
    }

    /** As {@code Date.prototype.toJSON} has it: null for a date that there can't be. */
    private void date(double millis) {
        if (!(Math.abs(millis) <= LAST_DATE)) {
            out.text().append("null");
            return;
        }
        var date = Instant.ofEpochMilli((long) millis);
        int year = date.atZone(ZoneOffset.UTC).getYear();
        String text = year >= 0 && year <= 9999 ? "%04d".formatted(year) : "%+07d".formatted(year);
        out.text().append('"').append(text);
        DATE.formatTo(date, out.text());
        out.text().append('"');
    }
}
