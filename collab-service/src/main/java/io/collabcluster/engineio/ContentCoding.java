package io.collabcluster.engineio;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The content codings of polling answers (RFC 9110 section 8.4.1). */
enum ContentCoding {
    GZIP("gzip"),
    DEFLATE("deflate");

    private final String wireName;

    ContentCoding(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /** The coding that an {@code Accept-Encoding} header prefers; the first of ours among equals. */
    static Optional<ContentCoding> accepted(String header) {
        if (header == null) {
            return Optional.empty();
        }
        ContentCoding best = null;
        double bestQuality = 0;
        for (ContentCoding coding : values()) {
            double quality = quality(header.toLowerCase(Locale.ROOT), coding.wireName);
            if (quality > bestQuality) {
                best = coding;
                bestQuality = quality;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double quality(String header, String name) {
        double any = 0;
        for (String part : header.split(",")) {
            String[] fields = part.split(";");
            String coding = fields[0].strip();
            if (coding.equals(name)) {
                return weight(fields);
            }
            if (coding.equals("*")) {
                any = weight(fields);
            }
        }
        return any;
    }

    private static double weight(String[] fields) {
        for (int i = 1; i < fields.length; i++) {
            String field = fields[i].strip();
            if (field.startsWith("q=")) {
                try {
                    return Double.parseDouble(field.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }

    Buffer encode(Buffer body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length() / 2);
        try (OutputStream coder = this == GZIP ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
            coder.write(body.getBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }
}
