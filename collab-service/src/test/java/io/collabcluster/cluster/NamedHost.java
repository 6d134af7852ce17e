package io.collabcluster.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;

/** Names that a test makes up. */
public final class NamedHost {

    /** Quarkus sets it, for the Java machine to look names up. */
    private static final String JAVA_RESOLVES = "vertx.disableDnsResolver";

    private NamedHost() {}

    /** For which the name is that of 127.0.0.1; to be closed. */
    public static Vertx vertx(String name) {
        String before = System.getProperty(JAVA_RESOLVES, "false");
        System.setProperty(JAVA_RESOLVES, "false");
        try {
            var hosts = new AddressResolverOptions().setHostsValue(Buffer.buffer("127.0.0.1 " + name + "\n"));
            return Vertx.vertx(new VertxOptions().setAddressResolverOptions(hosts));
        } finally {
            System.setProperty(JAVA_RESOLVES, before);
        }
    }
}
