package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.CollabClusterSpec;
import io.collabcluster.operator.api.ExposureSpec;
import io.collabcluster.operator.api.ExposureType;
import io.collabcluster.operator.api.IngressProvider;
import io.collabcluster.operator.api.SameSite;
import io.collabcluster.operator.api.SessionPersistence;
import io.collabcluster.operator.api.StickyMode;
import io.collabcluster.operator.api.StickySpec;

/**
 * How clients reach the nodes, with what was left to the operator decided.
 *
 * @param mode never {@code AUTO}
 * @param maxMessageBytes the largest body of a request that polls
 * @param drainSeconds how long a node takes to go, from the moment that balancers can know
 */
public record Exposure(ExposureSpec spec, StickyMode mode, int maxMessageBytes, int drainSeconds) {

    public static Exposure of(CollabClusterSpec spec) {
        int drain = spec.drain().preStopSeconds() + spec.drain().windowSeconds();
        return new Exposure(spec.exposure(), mode(spec), spec.socketio().maxHttpBufferSize(), drain);
    }

    private static StickyMode mode(CollabClusterSpec spec) {
        ExposureSpec exposure = spec.exposure();
        StickyMode wanted = exposure.sticky().mode();
        if (wanted != StickyMode.AUTO) {
            return wanted;
        }
        // Without polling each session is one connection, which stays where it is.
        if (!spec.socketio().polling()) {
            return StickyMode.NONE;
        }
        return switch (exposure.type()) {
            case INGRESS -> exposure.provider() == IngressProvider.GENERIC ? StickyMode.NONE : StickyMode.COOKIE;
            case GATEWAY -> experimental(exposure) ? StickyMode.COOKIE : StickyMode.NONE;
            case LOAD_BALANCER -> StickyMode.CLIENT_IP;
            case NONE -> StickyMode.NONE;
        };
    }

    private static boolean experimental(ExposureSpec exposure) {
        return exposure.gateway().sessionPersistence() == SessionPersistence.EXPERIMENTAL;
    }

    public StickySpec sticky() {
        return spec.sticky();
    }

    /** The routing that the Ingress's provider has to be told. */
    public StickyRouting routing() {
        return spec.type() == ExposureType.INGRESS ? StickyRouting.of(spec.provider()) : new Generic();
    }

    /** Whether a Service keeps the clients of one address together, which it does only where it sees their addresses. */
    public boolean byServiceAffinity() {
        boolean direct = spec.type() == ExposureType.LOAD_BALANCER || spec.type() == ExposureType.NONE;
        return mode == StickyMode.CLIENT_IP && direct;
    }

    /** Browsers take a cookie for other sites' pages over TLS alone. */
    boolean secureCookie() {
        return !spec.tlsSecret().isEmpty() || spec.sticky().sameSite() == SameSite.NONE;
    }
}
