package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What makes no sense together, and what would instead. */
final class Combinations {

    private static final int MOST_NODES = 250;

    private final Recipe recipe;
    private final List<String> faults = new ArrayList<>();

    private Combinations(Recipe recipe) {
        this.recipe = recipe;
    }

    static List<String> faults(Recipe recipe) {
        var combinations = new Combinations(recipe);
        combinations.nodes();
        combinations.mode();
        combinations.addresses();
        combinations.product();
        return combinations.faults;
    }

    private void nodes() {
        Set<String> addresses = new HashSet<>();
        Set<Integer> numbers = new HashSet<>();
        Set<String> ids = new HashSet<>();
        if (recipe.nodes().isEmpty() || recipe.nodes().size() > MOST_NODES) {
            faults.add("--nodes has " + recipe.nodes().size() + ": expected 1 to " + MOST_NODES
                    + ", e.g. --nodes 10.0.0.1:3000,10.0.0.2:3000");
        }
        for (Backend node : recipe.nodes()) {
            if (!addresses.add(node.address())) {
                faults.add("--nodes has " + node.address() + " twice: write it once; @WEIGHT gives it a larger share");
            } else if (!numbers.add(node.number())) {
                faults.add("--nodes: " + node.address()
                        + " has the same hash as another node, by chance: give it another" + " name or port");
            }
            node.id()
                    .filter(id -> !ids.add(id))
                    .ifPresent(
                            id -> faults.add("--nodes has the id " + id + " twice: each node has its own cluster.id"));
        }
    }

    private void mode() {
        Mode mode = recipe.mode();
        if (recipe.tcp() && mode.needsHttp()) {
            faults.add("--mode " + mode.word()
                    + " has to read the requests, and --tcp passes them on unread: use --mode ip"
                    + " or leastconn with --tcp, or leave --tcp out");
        }
        if (mode == Mode.SID
                && recipe.nodes().stream().anyMatch(node -> node.id().isEmpty())) {
            faults.add("--mode sid has to know each node's id: set cluster.id in its config.json, and write"
                    + " --nodes n001=10.0.0.1:3000,n002=10.0.0.2:3000");
        }
    }

    private void addresses() {
        for (Subnet subnet : recipe.trusted()) {
            if (subnet.toString().endsWith("/0")) {
                faults.add("--trusted " + subnet
                        + " trusts everybody, so that any client could claim any address: name the"
                        + " balancers in front, e.g. --trusted 10.0.0.0/24");
            }
        }
        if (recipe.behindAnother() && recipe.tcp() && !recipe.proxyProtocol()) {
            faults.add(
                    "--trusted with --tcp: no X-Forwarded-For is read there, so the balancers in front can name a client"
                            + " by the PROXY protocol only. Add --proxy-protocol, or leave --tcp or --trusted out");
        }
        if (recipe.proxyProtocol() && !recipe.tcp() && !recipe.behindAnother()) {
            faults.add(
                    "--proxy-protocol without --tcp takes the PROXY protocol from the balancers in front: say which they"
                            + " are by --trusted CIDR. (The nodes are told the client's address by X-Forwarded-For.)");
        }
    }

    private void product() {
        if (recipe.agentCheckPort().isPresent()
                && (recipe.agentCheckPort().getAsInt() < 1
                        || recipe.agentCheckPort().getAsInt() > 65_535)) {
            faults.add("--agent-check " + recipe.agentCheckPort().getAsInt() + ": expected a port, 1 to 65535");
        }
        if (recipe.product() == Product.NGINX && recipe.agentCheckPort().isPresent()) {
            faults.add(
                    "--agent-check: nginx asks no agent, only HAProxy does. Leave it out, or make a recipe for haproxy");
        }
        recipe.tls()
                .filter(tls -> recipe.product() == Product.HAPROXY)
                .filter(tls -> tls.key().isPresent() && !tls.key().get().equals(tls.file() + ".key"))
                .ifPresent(tls ->
                        faults.add("--tls " + tls.file() + ":" + tls.key().get()
                                + ": HAProxy wants certificate and key in one file (cat cert.pem key.pem > both.pem; --tls both.pem),"
                                + " or the key beside it as " + tls.file() + ".key"));
    }
}
