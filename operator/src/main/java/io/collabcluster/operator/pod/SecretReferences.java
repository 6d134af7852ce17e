package io.collabcluster.operator.pod;

import io.collabcluster.operator.api.CollabCluster;
import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.SecretReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Secrets that a specification names, which people make, with the keys that must be in them. */
public final class SecretReferences {

    /**
     * @param field where the specification names it
     * @param needed whether no node can start without it
     */
    public record Reference(String field, String secret, Set<String> keys, boolean needed) {}

    private final List<Reference> all = new ArrayList<>();

    public SecretReferences(CollabCluster cluster) {
        CollabClusterSpec spec = cluster.getSpec();
        var database = spec.dataSource();
        var credentials = database.credentialsSecret();
        needed(
                "spec.dataSource.credentialsSecret",
                credentials.name(),
                Set.of(credentials.usernameKey(), credentials.passwordKey()));
        needed("spec.dataSource.urlSecret", database.urlSecret());
        needed("spec.dataSource.tlsSecret", database.tlsSecret(), tls(database.clientCertificate()));
        needed("spec.redis.urlSecret", spec.redis().urlSecret());
        needed("spec.redis.passwordSecret", spec.redis().passwordSecret());
        needed(
                "spec.redis.tlsSecret",
                spec.redis().tlsSecret(),
                tls(spec.redis().clientCertificate()));
        needed("spec.authorization.jwtSecret", spec.authorization().jwtSecret());
        needed("spec.authorization.trustedCaSecret", spec.authorization().trustedCaSecret());
        named("spec.exposure.tlsSecret", spec.exposure().tlsSecret(), Set.of("tls.crt", "tls.key"));
        spec.imagePullSecrets().forEach(name -> named("spec.imagePullSecrets", name, Set.of()));
    }

    private static Set<String> tls(boolean clientCertificate) {
        return clientCertificate ? Set.of("ca.crt", "tls.crt", "tls.key") : Set.of("ca.crt");
    }

    private void needed(String field, SecretReference reference) {
        needed(field, reference.name(), Set.of(reference.key()));
    }

    private void needed(String field, String secret, Set<String> keys) {
        if (!secret.isEmpty()) {
            all.add(new Reference(field, secret, keys, true));
        }
    }

    private void named(String field, String secret, Set<String> keys) {
        if (!secret.isEmpty()) {
            all.add(new Reference(field, secret, keys, false));
        }
    }

    public List<Reference> all() {
        return List.copyOf(all);
    }

    public Set<String> names() {
        return all.stream().map(Reference::secret).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * What is not there, in words.
     *
     * @param found the keys of each Secret that exists, by its name
     */
    public List<String> missing(Map<String, Set<String>> found, boolean neededOnly) {
        return all.stream()
                .filter(reference -> reference.needed() || !neededOnly)
                .flatMap(reference -> missing(reference, found))
                .distinct()
                .toList();
    }

    private static Stream<String> missing(Reference reference, Map<String, Set<String>> found) {
        Set<String> keys = found.get(reference.secret());
        if (keys == null) {
            return Stream.of("there is no Secret " + reference.secret() + " (" + reference.field() + ")");
        }
        return reference.keys().stream()
                .sorted()
                .filter(key -> !keys.contains(key))
                .map(key -> "the Secret " + reference.secret() + " has no key " + key + " (" + reference.field() + ")");
    }
}
