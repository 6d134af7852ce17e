package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.StickyMode;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Traefik's Ingress provider: docs/content/reference/routing-configuration/kubernetes/ingress.md. It reads these from the
 * Service; it has no time-out for upgraded connections.
 */
record Traefik() implements StickyRouting {

    private static final String PREFIX = "traefik.ingress.kubernetes.io/service.sticky.cookie";

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        return Map.of();
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        if (exposure.mode() != StickyMode.COOKIE) {
            return Map.of();
        }
        var sticky = exposure.sticky();
        var annotations = new TreeMap<String, String>();
        annotations.put(PREFIX, "true");
        annotations.put(PREFIX + ".name", sticky.cookieName());
        annotations.put(PREFIX + ".path", "/");
        annotations.put(PREFIX + ".httponly", "true");
        annotations.put(PREFIX + ".secure", String.valueOf(exposure.secureCookie()));
        annotations.put(
                PREFIX + ".samesite", Cookies.sameSite(sticky.sameSite()).toLowerCase(Locale.ROOT));
        annotations.put(PREFIX + ".maxage", String.valueOf(sticky.cookieMaxAgeSeconds()));
        return annotations;
    }
}
