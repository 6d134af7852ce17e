package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.StickyMode;
import java.util.Map;
import java.util.TreeMap;

/** The AWS Load Balancer Controller, with targets by IP: an instance target would hash over machines, not pods. */
record Alb() implements StickyRouting {

    private static final String PREFIX = "alb.ingress.kubernetes.io/";

    /** An ALB's own bound. */
    private static final int LONGEST_IDLE = 4000;

    /** An ALB's own bound for a cookie, one week. */
    private static final int LONGEST_COOKIE = 604_800;

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        var annotations = new TreeMap<String, String>();
        annotations.put(PREFIX + "target-type", "ip");
        // Whether it is alive: only ready pods are targets, and one that drains still has its sessions.
        annotations.put(PREFIX + "healthcheck-path", "/status/live");
        annotations.put(
                PREFIX + "load-balancer-attributes",
                "idle_timeout.timeout_seconds=" + Math.min(exposure.spec().timeoutSeconds(), LONGEST_IDLE));
        annotations.put(PREFIX + "target-group-attributes", targets(exposure));
        return annotations;
    }

    private static String targets(Exposure exposure) {
        String draining = "deregistration_delay.timeout_seconds=" + Math.min(exposure.drainSeconds(), 3600);
        if (exposure.mode() != StickyMode.COOKIE) {
            return draining;
        }
        int age = Math.min(exposure.sticky().cookieMaxAgeSeconds(), LONGEST_COOKIE);
        return draining + ",stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds="
                + age;
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        return Map.of();
    }
}
