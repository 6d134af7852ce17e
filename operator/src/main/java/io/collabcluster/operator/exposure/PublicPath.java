package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.CollabClusterSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an Ingress or an HTTPRoute lets through.
 *
 * @param exact whether nothing below it is meant
 */
public record PublicPath(String path, boolean exact) {

    /** Metrics, health, {@code /admin} and {@code /status}, which names other nodes' addresses, aren't for everybody. */
    private static final List<String> OF_CLIENTS = List.of("/api", "/servers", "/assets", "/asyncapi.yaml");

    /** What the specification lists; else what clients and the page need. */
    public static List<PublicPath> of(CollabClusterSpec spec) {
        List<String> listed = spec.exposure().paths();
        if (!listed.isEmpty()) {
            return listed.stream().map(path -> new PublicPath(path, false)).toList();
        }
        Stream<PublicPath> prefixes = Stream.concat(Stream.of(spec.socketio().path()), OF_CLIENTS.stream())
                .map(path -> new PublicPath(path, false));
        return Stream.concat(Stream.of(new PublicPath("/", true)), prefixes).toList();
    }
}
