package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.SameSite;
import java.util.Map;
import java.util.TreeMap;

/** haproxy-ingress: docs/content/en/docs/configuration/keys.md. */
record HaproxyIngress() implements StickyRouting {

    private static final String PREFIX = "haproxy-ingress.github.io/";

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        var annotations = new TreeMap<String, String>();
        annotations.put(PREFIX + "timeout-tunnel", exposure.spec().timeoutSeconds() + "s");
        switch (exposure.mode()) {
            case COOKIE -> {
                annotations.put(PREFIX + "affinity", "cookie");
                annotations.put(
                        PREFIX + "session-cookie-name", exposure.sticky().cookieName());
                annotations.put(PREFIX + "session-cookie-value-strategy", "pod-uid");
                if (exposure.sticky().sameSite() == SameSite.NONE) {
                    // Its "true" is SameSite=None; Secure.
                    annotations.put(PREFIX + "session-cookie-same-site", "true");
                }
            }
            case CLIENT_IP -> annotations.put(PREFIX + "balance-algorithm", "source");
            case AUTO, HASH_KEY, NONE -> annotations.put(PREFIX + "balance-algorithm", "leastconn");
        }
        return annotations;
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        return Map.of();
    }
}
