package io.collabcluster.balance.recipe;

import java.util.List;

/** Which node gets a request: nginx's {@code upstream} blocks, and the maps that they need. */
final class NginxUpstreams {

    private static final String COOKIE = "collab_node";
    private static final String SAME_SITE =
            "Pages of other sites that embed a client send the cookie only with SameSite=None, Secure and TLS.";

    private final Recipe recipe;
    private final ConfigText out;
    /** {@code sticky}, {@code route=} and {@code drain} are in open source since then. */
    private final boolean sticky;

    NginxUpstreams(Recipe recipe, ConfigText out) {
        this.recipe = recipe;
        this.out = out;
        this.sticky = recipe.version().atLeast(1, 29, 6);
    }

    /** What {@code proxy_pass} names. */
    String target() {
        return recipe.mode() == Mode.SID && !sticky ? "$collab_upstream" : "collab";
    }

    void write() {
        switch (recipe.mode()) {
            case COOKIE -> cookie();
            case IP -> ip();
            case KEY -> key();
            case SID -> sid();
            case LEASTCONN -> main("least_conn;");
        }
        out.gap();
        out.why(
                "Where a session goes that its node refused. Never taken as failed: when all refuse, their reason is what the"
                        + " client should get.");
        out.block("upstream collab_elsewhere", () -> {
            out.line("zone collab_elsewhere 256k;").line("least_conn;");
            recipe.nodes().forEach(node -> server(node, " max_fails=0"));
        });
    }

    private void cookie() {
        if (sticky) {
            main(
                    "least_conn;",
                    SAME_SITE,
                    "sticky cookie " + COOKIE + " path=/ httponly samesite=lax" + secure(" secure") + ";");
            return;
        }
        out.gap();
        out.why(
                "Before 1.29.6 nginx has no sticky. So each browser gets a random cookie, and the cookie's hash is the choice.");
        out.block(
                "map $cookie_" + COOKIE + " $collab_key",
                () -> out.line("\"~^[0-9a-f]{32}$\" $cookie_" + COOKIE + ";").line("default $request_id;"));
        out.why("Set once; an empty header isn't sent. " + SAME_SITE);
        out.block("map $cookie_" + COOKIE + " $collab_cookie", () -> out.line("\"~^[0-9a-f]{32}$\" '';")
                .line("default \"" + COOKIE + "=$request_id; Path=/; HttpOnly; SameSite=Lax" + secure("; Secure")
                        + "\";"));
        main("hash $collab_key consistent;");
    }

    private void ip() {
        out.gap();
        out.why(
                "Not ip_hash, which takes the first three numbers of an IPv4 address only: a whole office, or everybody behind"
                        + " one balancer, would be on one node."
                        + (recipe.behindAnother()
                                ? ""
                                : " Where a balancer or NAT stands in front, all clients still have one"
                                        + " address: see --trusted."));
        main("hash $remote_addr consistent;");
    }

    private void key() {
        String argument = "$arg_" + recipe.key();
        out.gap();
        out.why(
                "Without the key, clients with the same address come to the same node; an empty key would put them all on one.");
        out.block("map " + argument + " $collab_key", () -> out.line("\"\"      $remote_addr;")
                .line("default " + argument + ";"));
        main("hash $collab_key consistent;");
    }

    private void sid() {
        out.gap();
        out.why("The first 4 of a session id's 20 characters are its node's cluster.id.");
        if (sticky) {
            out.block("map $arg_sid $collab_route", () -> out.line("\"~^(.{4}).{16}$\" $1;")
                    .line("default '';"));
            main(
                    "least_conn;",
                    "A session that is new, or whose node is away, goes by the line above.",
                    "sticky route $collab_route;");
            return;
        }
        List<Backend> nodes = recipe.nodes();
        out.block("map $arg_sid $collab_upstream", () -> {
            for (int i = 0; i < nodes.size(); i++) {
                out.line("\"~^" + nodes.get(i).id().orElseThrow() + "\" collab_" + (i + 1) + ";");
            }
            out.line("default collab;");
        });
        main("least_conn;");
        for (int i = 0; i < nodes.size(); i++) {
            Backend owner = nodes.get(i);
            out.gap();
            out.why("The others answer for a node that is away: its sessions are gone, and clients have to be told.");
            out.block("upstream collab_" + (i + 1), () -> {
                out.line("zone collab_" + owner.number() + " 256k;");
                server(owner, passiveChecks());
                nodes.stream().filter(node -> node != owner).forEach(node -> server(node, passiveChecks() + " backup"));
                out.line("keepalive 64;");
            });
        }
    }

    private void main(String method) {
        main(method, "", "");
    }

    private void main(String method, String why, String stickiness) {
        out.gap();
        if (sticky) {
            out.why("To empty a node before it is taken out: add \"drain\" to its server line, and reload.");
        } else {
            out.why(
                    "To take a node out for a while: add \"down\" to its server line, and reload. The others keep their clients.");
        }
        out.block("upstream collab", () -> {
            out.why("Shared by the worker processes: each would count connections and failures for itself.");
            out.line("zone collab 256k;");
            if (method.contains("consistent")) {
                out.why(
                        "Consistent (ketama): a node that comes or goes moves its own share of the clients, not nearly all.");
            }
            out.line(method);
            if (!stickiness.isEmpty()) {
                out.why(why).line(stickiness);
            }
            recipe.nodes().forEach(node -> server(node, passiveChecks() + route(node)));
            out.why("Connections to the nodes are used again: polling would open one for each request.");
            out.line("keepalive 64;");
        });
    }

    private String route(Backend node) {
        return sticky && recipe.mode() == Mode.SID ? " route=" + node.id().orElseThrow() : "";
    }

    /** nginx has no active checks: a node is left alone for a while after requests to it have failed. */
    static String passiveChecks() {
        return " max_fails=2 fail_timeout=5s";
    }

    private void server(Backend node, String parameters) {
        out.line(
                "server " + node.address() + (node.usualWeight() ? "" : " weight=" + node.weight()) + parameters + ";");
    }

    private String secure(String text) {
        return recipe.tls().isPresent() ? text : "";
    }

    void cookieHeader() {
        if (recipe.mode() == Mode.COOKIE && !sticky) {
            out.line("add_header Set-Cookie $collab_cookie always;");
        }
    }
}
