package io.collabcluster.cli;

import io.collabcluster.balance.recipe.Mode;
import io.collabcluster.balance.recipe.Product;
import io.collabcluster.balance.recipe.RecipeReader;
import io.collabcluster.balance.recipe.RecipeRequest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code balance nginx|haproxy}: a whole configuration on the standard output. */
@Command(
        name = "balance",
        description = "Prints a complete configuration of a balancer in front of a cluster, with the reason for each"
                + " setting. No mode is needed for a cluster to be right: a request that misses its node is forwarded"
                + " there. What makes no sense is refused, with what would.",
        footer = {
            "",
            "Modes:",
            "  cookie     a cookie of the balancer's keeps each browser on its node",
            "  ip         clients with the same address come to the same node",
            "  key        clients with the same key in their query come to the same node",
            "  sid        the session's id, which begins with the node's, leads to the node that has it",
            "  leastconn  the node with the fewest connections",
            "",
            "Examples:",
            "  collab balance nginx --nodes 10.0.0.1:3000,10.0.0.2:3000 --mode cookie > nginx.conf",
            "  nginx -t -c $PWD/nginx.conf",
            "  collab balance nginx --nodes n001=10.0.0.1:3000,n002=10.0.0.2:3000 --mode sid --version 1.29.6",
            "  collab balance haproxy --nodes 10.0.0.1:3000,10.0.0.2:3000 --mode key --key document",
            "  collab balance haproxy --nodes 10.0.0.1:3000 --mode ip --agent-check 3002 > haproxy.cfg",
            "  haproxy -c -f haproxy.cfg",
            "  collab balance haproxy --nodes 10.0.0.1:3000,10.0.0.2:3000 --mode ip --tcp --proxy-protocol"
        })
final class BalanceCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "nginx|haproxy", description = "Which balancer.")
    private Product product;

    @Option(
            names = "--nodes",
            required = true,
            split = ",",
            paramLabel = "NODE",
            description = "The nodes, [ID=]HOST:PORT[@WEIGHT] each. ID is the node's cluster.id; a weight is 1 to 256.")
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--mode", required = true, paramLabel = "MODE", description = "Who comes to which node; see below.")
    private Mode mode;

    @Option(names = "--key", paramLabel = "NAME", description = "The query parameter of --mode key. Left out: key.")
    private String key;

    @Option(names = "--tcp", description = "Pass connections on without reading them; modes ip and leastconn.")
    private boolean tcp;

    @Option(
            names = "--proxy-protocol",
            description =
                    "With --tcp: tell the nodes the client's address by the PROXY protocol (they need proxy.protocol)."
                            + " With --trusted: take it from those balancers.")
    private boolean proxyProtocol;

    @Option(
            names = "--trusted",
            split = ",",
            paramLabel = "CIDR",
            description = "Balancers in front of this one, whose word on a client's address is taken.")
    private List<String> trusted = new ArrayList<>();

    @Option(
            names = "--tls",
            paramLabel = "CERT[:KEY]",
            description = "Serve TLS: PEM files on the balancer's machine. KEY left out: it is in CERT.")
    private String tls;

    @Option(
            names = "--listen",
            split = ",",
            paramLabel = "[ADDRESS:]PORT",
            description = "Where clients connect. Left out: 80, with --tls 443.")
    private List<String> listen = new ArrayList<>();

    @Option(
            names = "--version",
            paramLabel = "X.Y.Z",
            description = "The balancer's. Left out: what works from nginx 1.22 or HAProxy 2.4 on.")
    private String version;

    @Option(
            names = "--agent-check",
            paramLabel = "PORT",
            description = "HAProxy only: the nodes' agentCheck.port, by which each says how busy it is.")
    private Integer agentCheck;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Override
    public Integer call() {
        var request = new RecipeRequest(
                product,
                Optional.ofNullable(version),
                nodes,
                mode,
                tcp,
                proxyProtocol,
                trusted,
                Optional.ofNullable(tls),
                Optional.ofNullable(key),
                listen,
                agentCheck == null ? OptionalInt.empty() : OptionalInt.of(agentCheck));
        return switch (RecipeReader.read(request)) {
            case RecipeReader.Valid(var recipe) -> {
                PrintWriter out = spec.commandLine().getOut();
                out.print(recipe.text());
                out.flush();
                yield 0;
            }
            case RecipeReader.Refused(var faults) -> {
                faults.forEach(spec.commandLine().getErr()::println);
                spec.commandLine().getErr().flush();
                yield 2;
            }
        };
    }
}
