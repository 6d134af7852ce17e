package io.collabcluster.operator.exposure;

import java.util.Map;
import java.util.TreeMap;

/** ingress-nginx, and Traefik's provider for its annotations: docs/user-guide/nginx-configuration/annotations.md. */
record Nginx() implements StickyRouting {

    private static final String PREFIX = "nginx.ingress.kubernetes.io/";

    private static final long USUAL_BODY = 1 << 20;
    private static final long ROOM = 1 << 16;

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        var annotations = new TreeMap<String, String>();
        String timeout = String.valueOf(exposure.spec().timeoutSeconds());
        annotations.put(PREFIX + "proxy-body-size", String.valueOf(bodyBytes(exposure)));
        annotations.put(PREFIX + "proxy-read-timeout", timeout);
        annotations.put(PREFIX + "proxy-send-timeout", timeout);
        switch (exposure.mode()) {
            case COOKIE -> annotations.putAll(cookie(exposure));
            case CLIENT_IP -> annotations.put(PREFIX + "upstream-hash-by", "$remote_addr");
            case HASH_KEY ->
                annotations.put(
                        PREFIX + "upstream-hash-by", "$arg_" + exposure.sticky().key());
            case AUTO, NONE -> {}
        }
        return annotations;
    }

    /** With room, so that what is too large is refused by the server, whose answer says why; never less than nginx's own. */
    private static long bodyBytes(Exposure exposure) {
        return Math.max(USUAL_BODY, (long) exposure.maxMessageBytes() + ROOM);
    }

    private static Map<String, String> cookie(Exposure exposure) {
        var sticky = exposure.sticky();
        var annotations = new TreeMap<String, String>();
        annotations.put(PREFIX + "affinity", "cookie");
        // "balanced" moves clients when nodes are added.
        annotations.put(PREFIX + "affinity-mode", "persistent");
        annotations.put(PREFIX + "session-cookie-name", sticky.cookieName());
        annotations.put(PREFIX + "session-cookie-path", "/");
        annotations.put(PREFIX + "session-cookie-samesite", Cookies.sameSite(sticky.sameSite()));
        annotations.put(PREFIX + "session-cookie-secure", String.valueOf(exposure.secureCookie()));
        annotations.put(PREFIX + "session-cookie-max-age", String.valueOf(sticky.cookieMaxAgeSeconds()));
        annotations.put(PREFIX + "session-cookie-expires", String.valueOf(sticky.cookieMaxAgeSeconds()));
        // Else a client whose node has gone is sent there for ever.
        annotations.put(PREFIX + "session-cookie-change-on-failure", "true");
        return annotations;
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        return Map.of();
    }
}
