package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.IngressProvider;
import java.util.Map;

/** What one ingress provider is told by annotations: how a client stays with its node, and how long a connection lives. */
public sealed interface StickyRouting permits Generic, Nginx, HaproxyTech, HaproxyIngress, Traefik, Alb {

    static StickyRouting of(IngressProvider provider) {
        return switch (provider) {
            case GENERIC -> new Generic();
            case NGINX -> new Nginx();
            case HAPROXY_TECH -> new HaproxyTech();
            case HAPROXY_INGRESS -> new HaproxyIngress();
            case TRAEFIK -> new Traefik();
            case ALB -> new Alb();
        };
    }

    /** Annotations of the Ingress. */
    Map<String, String> ingress(Exposure exposure);

    /** Annotations of the Service behind it. */
    Map<String, String> service(Exposure exposure);
}
