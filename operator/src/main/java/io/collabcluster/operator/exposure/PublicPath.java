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

    /** The page, and what it asks when it can't connect; what is below {@code /status} are probes. */
    private static final List<String> OF_THE_PAGE = List.of("/", "/status");

    /** Metrics, health and {@code /admin} aren't for everybody. */
    private static final List<String> OF_CLIENTS = List.of("/api", "/servers", "/assets", "/asyncapi.yaml");

    /** What the specification lists; else what clients and the page need. */
    public static List<PublicPath> of(CollabClusterSpec spec) {
        List<String> listed = spec.exposure().paths();
        if (!listed.isEmpty()) {
            return listed.stream().map(path -> new PublicPath(path, false)).toList();
        }
        Stream<PublicPath> prefixes = Stream.concat(Stream.of(spec.socketio().path()), OF_CLIENTS.stream())
                .map(path -> new PublicPath(path, false));
        return Stream.concat(OF_THE_PAGE.stream().map(path -> new PublicPath(path, true)), prefixes)
                .toList();
    }
}
