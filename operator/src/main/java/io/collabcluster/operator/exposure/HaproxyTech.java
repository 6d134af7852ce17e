package io.collabcluster.operator.exposure;

import java.util.Map;
import java.util.TreeMap;

/**
 * HAProxy Technologies' controller: documentation/annotations.md. It reads these from the Service, and its time-out of
 * upgraded connections ({@code timeout-tunnel}, one hour) from its own ConfigMap alone.
 */
record HaproxyTech() implements StickyRouting {

    private static final String PREFIX = "haproxy.org/";

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        return Map.of();
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        var annotations = new TreeMap<String, String>();
        annotations.put(PREFIX + "check", "true");
        // Of one word it makes "option httpchk URI", which asks by OPTIONS. Who is ready Kubernetes tells it.
        annotations.put(PREFIX + "check-http", "GET /status/live");
        switch (exposure.mode()) {
            case COOKIE ->
                annotations.put(PREFIX + "cookie-persistence", exposure.sticky().cookieName());
            case CLIENT_IP -> annotations.put(PREFIX + "load-balance", "source");
            case HASH_KEY ->
                annotations.put(
                        PREFIX + "load-balance",
                        "url_param " + exposure.sticky().key());
            case AUTO, NONE -> annotations.put(PREFIX + "load-balance", "leastconn");
        }
        return annotations;
    }
}
