package io.collabcluster.engineio;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of the request that opened a session.
 *
 * @param url path and query as the client sent them
 * @param query decoded query parameters, in order
 * @param headers request headers, names in lower case
 * @param address the client's IP address, without a port
 * @param secure whether the client came over TLS
 */
public record Handshake(
        String url,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String address,
        boolean secure,
        Instant time) {}
