package io.collabcluster.balance.recipe;

/** Where clients come in, and who they are. */
final class HaproxyFrontend {

    /** Balancers one behind the other that are followed in X-Forwarded-For. */
    private static final int HOPS = 3;

    private final Recipe recipe;
    private final ConfigText out;

    HaproxyFrontend(Recipe recipe, ConfigText out) {
        this.recipe = recipe;
        this.out = out;
    }

    void write() {
        String tls = recipe.tls()
                .map(certificate -> " ssl crt " + certificate.file() + " ssl-min-ver TLSv1.2"
                        + (recipe.tcp() ? "" : " alpn h2,http/1.1"))
                .orElse("");
        recipe.listen().forEach(listen -> out.line("bind " + bind(listen) + tls));
        if (recipe.takesProxyProtocol()) {
            out.why("Only these begin with a PROXY header, and only theirs is believed.");
            out.line("tcp-request connection expect-proxy layer4 if " + Haproxy.sources(recipe));
        }
        if (recipe.tcp()) {
            out.line("option tcplog");
        } else {
            http();
        }
        out.line("default_backend collab");
    }

    /** A port that stands alone gets a colon. An IPv6 address takes no IPv4 connections, which have a line of their own. */
    private static String bind(String listen) {
        if (listen.startsWith("[")) {
            return listen + " v6only";
        }
        return listen.indexOf(':') < 0 ? ":" + listen : listen;
    }

    private void http() {
        out.why("Without the query: it holds session ids, and perhaps a token, which nobody should read in a log.");
        out.line("log-format \"%ci:%cp [%tr] %s %Tw/%Tc/%Tr/%Ta %ST %B %tsc %HM %HPO\"");
        out.gap();
        if (recipe.behindAnother() && !recipe.takesProxyProtocol()) {
            forwarded();
        } else {
            out.line("http-request set-header X-Forwarded-Proto https if { ssl_fc }");
            out.line("http-request set-header X-Forwarded-Proto http if !{ ssl_fc }");
        }
        out.why("Not added to what came, but set: a client's own claim ends here.");
        out.line("http-request set-header X-Forwarded-For %[src]");
        out.gap();
        out.why(
                "Over an upgrade to anything but a WebSocket (h2c) a client would speak to the node past this balancer.");
        out.line("http-request del-header Upgrade unless { req.hdr(Upgrade) -i websocket }");
        out.line("http-request del-header HTTP2-Settings");
        out.gap();
        out.why(
                "Metrics, and what operators do, are nobody's business out there, however the path is written: ask the nodes"
                        + " themselves.");
        out.line("http-request deny deny_status 400 if { path,url_dec -m sub /../ /./ // }");
        out.line("http-request return status 404 if { path,url_dec -m beg /q/ /admin/ }");
        out.why("Of one node, not of all (scope=cluster): that names the nodes' addresses behind this.");
        out.line("http-request set-pathq %[path] if { path,url_dec -m str /status /status/ }");
    }

    private void forwarded() {
        String trusted = Haproxy.sources(recipe);
        out.why("The balancers in front say whether the client came over TLS.");
        out.line("http-request set-header X-Forwarded-Proto https if { ssl_fc } !" + trusted);
        out.line("http-request set-header X-Forwarded-Proto http if !{ ssl_fc } !" + trusted);
        out.why(
                "Hashes, logs and the nodes get the client's address, not that of the balancer in front: the rightmost in"
                        + " X-Forwarded-For that isn't a balancer's. What stands left of it was written by the client.");
        for (int hop = 1; hop <= HOPS; hop++) {
            String address = "req.hdr_ip(x-forwarded-for,-" + hop + ")";
            out.line("http-request set-src " + address + " if " + trusted + " { " + address + " -m found }");
        }
    }
}
