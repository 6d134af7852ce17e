package io.collabcluster.status;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * A service that this node cannot do without.
 *
 * @param name one of the published names below
 * @param check succeeds when the service answers; called on an event loop: must not block
 */
public record Dependency(String name, Supplier<Uni<Void>> check) {

    public static final String DB_SERVICE = "DB Service";
    public static final String REDIS_SERVER = "Redis Server";
    public static final String AUTHORIZATION_SERVER = "Authorization Server";

    private static final List<String> PUBLISHED = List.of(DB_SERVICE, REDIS_SERVER, AUTHORIZATION_SERVER);

    public Dependency {
        if (!PUBLISHED.contains(name)) {
            throw new IllegalArgumentException("A dependency is one of " + PUBLISHED + ", not \"" + name + "\"");
        }
    }

    /** The names in the order in which {@code /status} lists them. */
    static List<String> inOrder(Collection<String> names) {
        return PUBLISHED.stream().filter(names::contains).toList();
    }
}
