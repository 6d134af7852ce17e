package io.collabcluster.balance.recipe;

import java.util.Locale;

/**
 * By what a balancer chooses the node. None is needed for a cluster to be right: a request that reaches another node than
 * its session's is forwarded there. A good choice saves that hop, and keeps people who work together on one node.
 */
public enum Mode {
    /** A cookie that the balancer sets. */
    COOKIE(true, "a cookie of the balancer's keeps each browser on its node"),
    /** The client's address. */
    IP(false, "clients with the same address come to the same node"),
    /** A query parameter that the application sets, the document for instance. */
    KEY(true, "clients with the same key in their query come to the same node"),
    /** The session's id, which begins with the node's. */
    SID(true, "the session's id, which begins with the node's, leads to the node that has it"),
    /** The node with the fewest connections. */
    LEASTCONN(false, "the node with the fewest connections; requests that miss their node are forwarded");

    private final boolean http;
    private final String meaning;

    Mode(boolean http, String meaning) {
        this.http = http;
        this.meaning = meaning;
    }

    /** Whether the balancer has to read the requests. */
    boolean needsHttp() {
        return http;
    }

    public String meaning() {
        return meaning;
    }

    /** The word for it on a command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
