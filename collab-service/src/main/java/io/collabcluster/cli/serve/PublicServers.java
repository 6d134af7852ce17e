package io.collabcluster.cli.serve;

import io.collabcluster.balance.ServerRecord;
import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.status.NodeState;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The registry's nodes as clients see them that choose their server themselves. */
final class PublicServers {

    private static final double WHOLE_WEIGHT = 100;

    private PublicServers() {}

    /** Those that clients reach by an address of their own. */
    static List<ServerRecord> of(Collection<NodeRecord> nodes) {
        return nodes.stream().flatMap(PublicServers::server).toList();
    }

    /** A node of another version may be in a state that this one doesn't know: nobody is sent there. */
    private static Stream<ServerRecord> server(NodeRecord node) {
        Optional<NodeState> state = Arrays.stream(NodeState.values())
                .filter(each -> each.wireName().equals(node.state()))
                .findFirst();
        if (node.url().isEmpty() || state.isEmpty() || node.weight() < 1) {
            return Stream.empty();
        }
        double load = node.connections() * WHOLE_WEIGHT / node.weight();
        return Stream.of(new ServerRecord(node.id().text(), node.url().get(), node.weight(), load, state.get()));
    }
}
