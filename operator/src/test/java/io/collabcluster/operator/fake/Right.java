package io.collabcluster.operator.fake;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role has to grant for a request.
 *
 * @param group empty for the core
 * @param resource with its subresource, {@code deployments/status}
 */
public record Right(String verb, String group, String resource) {

    private static final Pattern PATH = Pattern.compile(
            "/(?:api|apis/(?<group>[^/]+))/(?<version>[^/]+)"
                    + "(?:/namespaces/(?<namespace>[^/]+))?/(?<resource>[^/?]+)(?:/(?<name>[^/?]+))?(?:/(?<sub>[^/?]+))?(?:\\?(?<query>.*))?");

    /** None for discovery, which everyone may use; two for an apply, which creates where there is nothing. */
    static Set<Right> of(RecordedRequest request) {
        Matcher path = PATH.matcher(request.getPath());
        if (!path.matches()) {
            return Set.of();
        }
        String group = path.group("group") == null ? "" : path.group("group");
        String sub = path.group("sub");
        String resource = sub == null ? path.group("resource") : path.group("resource") + "/" + sub;
        boolean watch = path.group("query") != null && path.group("query").contains("watch=true");
        String reading = watch ? "watch" : path.group("name") == null ? "list" : "get";
        String verb =
                switch (request.method()) {
                    case GET -> reading;
                    case POST -> "create";
                    case PUT -> "update";
                    case PATCH -> "patch";
                    case DELETE -> path.group("name") == null ? "deletecollection" : "delete";
                    default -> throw new IllegalArgumentException(request.toString());
                };
        boolean apply = String.valueOf(request.getHeader("Content-Type")).startsWith("application/apply-patch");
        return apply && sub == null
                ? Set.of(new Right(verb, group, resource), new Right("create", group, resource))
                : Set.of(new Right(verb, group, resource));
    }

    /** Empty for a request of the whole cluster's; none for discovery. */
    static Optional<String> namespace(RecordedRequest request) {
        Matcher path = PATH.matcher(request.getPath());
        return path.matches() ? Optional.of(Objects.requireNonNullElse(path.group("namespace"), "")) : Optional.empty();
    }

    public boolean grantedBy(PolicyRule rule) {
        return rule.getVerbs().contains(verb)
                && rule.getApiGroups().contains(group)
                && rule.getResources().contains(resource);
    }
}
