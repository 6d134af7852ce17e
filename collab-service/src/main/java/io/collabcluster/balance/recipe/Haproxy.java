package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;
import java.util.stream.Collectors;

/** HAProxy, whether it reads the requests or passes connections on. */
final class Haproxy {

    private static final String COOKIE = "collab_node";

    private final Recipe recipe;
    private final ConfigText out = new ConfigText();

    Haproxy(Recipe recipe) {
        this.recipe = recipe;
    }

    String text() {
        Heading.write(recipe, out);
        out.gap().section("global", () -> out.why("No maxconn: as many connections as the limit of open files has room"
                        + " for (LimitNOFILE of the service); each client takes two.")
                .line("log stdout format raw local0 info"));
        out.gap().section("defaults", this::defaults);
        out.gap().section("frontend collab_in", new HaproxyFrontend(recipe, out)::write);
        out.gap().section("backend collab", () -> {
            choice();
            out.gap();
            checks();
            if (!recipe.tcp()) {
                out.gap();
                elsewhere();
            }
            out.gap();
            servers();
        });
        return out.toString();
    }

    private void defaults() {
        out.line("mode " + (recipe.tcp() ? "tcp" : "http"));
        out.line("log global");
        out.line("option dontlognull");
        out.why("A node whose machine is gone doesn't answer at all: the next one is asked soon.");
        out.line("timeout connect 3s");
        out.why("Something goes over every connection each 25 s (pingInterval); one that is silent for 45 s is gone.");
        out.line("timeout client " + Recipe.LONGER_THAN_SILENCE);
        out.line("timeout server " + Recipe.LONGER_THAN_SILENCE);
        if (!recipe.tcp()) {
            out.why(
                    "What counts once a connection is a WebSocket, instead of those two. The nodes themselves end what is"
                            + " silent.");
            out.line("timeout tunnel 1h");
            out.why("Who connects and says nothing takes no place for long.");
            out.line("timeout http-request 10s");
        }
    }

    private void choice() {
        switch (recipe.mode()) {
            case COOKIE -> {
                out.line("balance leastconn");
                out.why(
                        "Pages of other sites that embed a client send the cookie only with SameSite=None, Secure and TLS.");
                out.line("cookie " + COOKIE + " insert indirect nocache httponly"
                        + (recipe.tls().isPresent() ? " secure" : "") + " attr SameSite=Lax");
            }
            case IP -> hash("balance source");
            case KEY -> {
                out.why("Clients without the parameter go round the nodes.");
                hash("balance url_param " + recipe.key());
            }
            case SID, LEASTCONN -> out.line("balance leastconn");
        }
    }

    private void hash(String balance) {
        out.line(balance);
        out.why("Consistent: a node that comes or goes moves its own share of the clients, not nearly all.");
        out.line("hash-type consistent sdbm avalanche");
        out.why("No node has more than 1.5 times the mean, however unevenly the clients' hashes fall.");
        out.line("hash-balance-factor 150");
    }

    private void checks() {
        out.why(
                "Live, not ready: a node that is paused or drains goes on with the sessions that it has. Those of a dead one"
                        + " are closed: its clients come back at once, and not when the silence tells them.");
        out.line("option httpchk");
        out.line("http-check send meth GET uri /status/live ver HTTP/1.1 hdr Host collab");
        out.line("http-check expect status 200");
        if (recipe.agentCheckPort().isPresent()) {
            out.why(
                    "The node itself says how busy it is, and that it drains. Where its agent doesn't answer, nothing changes.");
        }
        out.line("default-server check inter 2s fall 2 rise 1 on-marked-down shutdown-sessions" + agent() + proxy());
    }

    private String agent() {
        return recipe.agentCheckPort().isEmpty()
                ? ""
                : " agent-check agent-inter 2s agent-port "
                        + recipe.agentCheckPort().getAsInt();
    }

    /** Version 2 can say that the client came over TLS; the checks have to speak the protocol as well. */
    private String proxy() {
        if (!recipe.sendsProxyProtocol()) {
            return "";
        }
        return (recipe.tls().isPresent() ? " send-proxy-v2-ssl" : " send-proxy-v2") + " check-send-proxy";
    }

    private void elsewhere() {
        out.why(
                "A node that drains or is paused refuses new sessions with 503: they are tried elsewhere. Only they: what"
                        + " writes is never sent twice.");
        out.line("retries 2");
        out.line("option redispatch 1");
        out.line("retry-on conn-failure 503");
        out.line("http-request disable-l7-retry unless METH_GET { path_beg /socket.io/ } !{ urlp(sid) -m found }");
    }

    private void servers() {
        if (recipe.mode() == Mode.SID) {
            out.why(
                    "The first 4 of a session id's 20 characters are its node's cluster.id. A node that is away is passed over.");
            for (Backend node : recipe.nodes()) {
                out.line("use-server " + node.name() + " if { urlp(sid) -m beg " + node.name() + " }");
            }
        }
        boolean hashed = recipe.mode() == Mode.IP || recipe.mode() == Mode.KEY;
        if (hashed) {
            out.why(
                    "The hash is over the ids. Left out they would be places in this list, and a node taken out of it would"
                            + " move the clients of all that follow.");
        }
        for (Backend node : recipe.nodes()) {
            out.line("server " + node.name() + " " + node.address() + (hashed ? " id " + node.number() : "")
                    + (recipe.mode() == Mode.COOKIE ? " cookie " + Integer.toHexString(node.number()) : "")
                    + " weight " + node.weight());
        }
    }

    static String sources(Recipe recipe) {
        return recipe.trusted().stream().map(Subnet::toString).collect(Collectors.joining(" ", "{ src ", " }"));
    }
}
