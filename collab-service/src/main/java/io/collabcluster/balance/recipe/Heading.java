package io.collabcluster.balance.recipe;

/** The first lines of a configuration: what it is for, and what else has to be done. */
final class Heading {

    private Heading() {}

    static void write(Recipe recipe, ConfigText out) {
        int nodes = recipe.nodes().size();
        out.why("Collab Cluster, " + (nodes == 1 ? "one node" : nodes + " nodes") + " behind "
                + recipe.product().title() + " " + recipe.version() + " or later. Which node: "
                + recipe.mode().meaning() + ".");
        addresses(recipe, out);
        recipe.agentCheckPort().ifPresent(port -> out.why("And for the agent-check:")
                .quote("\"agentCheck\": {\"port\": " + port + "}"));
    }

    private static void addresses(Recipe recipe, ConfigText out) {
        if (recipe.tcp() && !recipe.proxyProtocol()) {
            out.why("The nodes see this balancer's address as every client's: limits for each address count all of them"
                    + " together. --proxy-protocol tells the nodes who the clients are.");
            return;
        }
        out.why("In each node's config.json, so that it takes this balancer's word on the clients' addresses:");
        out.quote("\"proxy\": {\"trusted\": [\"ADDRESS OF THIS BALANCER\"]"
                + (recipe.sendsProxyProtocol() ? ", \"protocol\": true}" : "}"));
    }
}
