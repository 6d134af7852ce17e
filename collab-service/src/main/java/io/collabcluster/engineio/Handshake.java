package io.collabcluster.engineio;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is kept of the request that opened a session. Every session has one for life and hardly anybody asks for it, so
 * it is kept as text, and taken apart when it is asked for.
 */
public final class Handshake {

    private final String url;
    private final String headers;
    private final String address;
    private final boolean secure;
    private final Instant time;

    /**
     * @param url path and query as the client sent them
     * @param headers request headers; one that comes several times is one, with commas between
     * @param address the client's IP address, without a port
     * @param secure whether the client came over TLS
     */
    public Handshake(
            String url, Iterable<Map.Entry<String, String>> headers, String address, boolean secure, Instant time) {
        this.url = url;
        this.headers = text(headers);
        this.address = address;
        this.secure = secure;
        this.time = time;
    }

    /** A line for each: no name and no value can hold a line break (RFC 9110 section 5.5). */
    private static String text(Iterable<Map.Entry<String, String>> headers) {
        var text = new StringBuilder(256);
        headers.forEach(header -> text.append(header.getKey())
                .append(':')
                .append(header.getValue())
                .append('\n'));
        return text.toString();
    }

    /** Path and query as the client sent them. */
    public String url() {
        return url;
    }

    /** Decoded query parameters, in order. */
    public Map<String, List<String>> query() {
        return new QueryStringDecoder(url).parameters();
    }

    /** Request headers in order, names in lower case. */
    public Map<String, String> headers() {
        Map<String, String> all = new LinkedHashMap<>();
        headers.lines().forEach(line -> {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            all.merge(name, line.substring(colon + 1), (first, next) -> first + ", " + next);
        });
        return all;
    }

    /** The client's IP address, without a port. */
    public String address() {
        return address;
    }

    /** Whether the client came over TLS. */
    public boolean secure() {
        return secure;
    }

    public Instant time() {
        return time;
    }
}
