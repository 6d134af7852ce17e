package io.collabcluster.balance.recipe;

import io.collabcluster.engineio.Subnet;

/** nginx that passes connections on: {@code stream}. */
final class NginxStream {

    private final Recipe recipe;
    private final ConfigText out = new ConfigText();

    NginxStream(Recipe recipe) {
        this.recipe = recipe;
    }

    String text() {
        Heading.write(recipe, out);
        NginxProcess.write(out);
        out.gap().block("stream", () -> {
            out.block("upstream collab", this::upstream);
            out.gap().block("server", this::server);
        });
        return out.toString();
    }

    private void upstream() {
        out.why("Shared by the worker processes: each would count connections and failures for itself.");
        out.line("zone collab 256k;");
        if (recipe.mode() == Mode.IP) {
            out.why(
                    "Consistent (ketama): a node that comes or goes moves its own share of the clients, not nearly all.");
            out.line("hash $remote_addr consistent;");
        } else {
            out.line("least_conn;");
        }
        for (Backend node : recipe.nodes()) {
            out.line("server " + node.address() + (node.usualWeight() ? "" : " weight=" + node.weight())
                    + NginxUpstreams.passiveChecks() + ";");
        }
    }

    private void server() {
        String parameters =
                (recipe.tls().isPresent() ? " ssl" : "") + (recipe.takesProxyProtocol() ? " proxy_protocol" : "");
        if (recipe.takesProxyProtocol()) {
            out.why("Every connection has to begin with a PROXY header now; let only the balancers in front reach the"
                    + " port. Only these are believed:");
            for (Subnet subnet : recipe.trusted()) {
                out.line("set_real_ip_from " + subnet + ";");
            }
        }
        recipe.listen().forEach(address -> out.line("listen " + address + parameters + ";"));
        recipe.tls().ifPresent(tls -> NginxProcess.certificate(tls, out));
        out.line("proxy_pass collab;");
        if (recipe.sendsProxyProtocol()) {
            out.why("The nodes see the client's address, and not this balancer's.");
            out.line("proxy_protocol on;");
        }
        out.why("A node whose machine is gone doesn't answer at all: the next one is asked soon.");
        out.line("proxy_connect_timeout 3s;");
        out.why("Something goes over every connection each 25 s (pingInterval); one that is silent for 45 s is gone.");
        out.line("proxy_timeout " + Recipe.LONGER_THAN_SILENCE + ";");
    }
}
