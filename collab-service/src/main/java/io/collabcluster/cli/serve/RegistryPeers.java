package io.collabcluster.cli.serve;

import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.cluster.node.NodeRegistry;
import io.collabcluster.cluster.roster.Peers;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The nodes by their leases.
 *
 * @param self the uid of this one
 */
record RegistryPeers(NodeRegistry registry, String self) implements Peers {

    @Override
    public Set<String> others() {
        return registry.live().stream()
                .map(NodeRecord::uid)
                .filter(uid -> !uid.equals(self))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void watch(Watcher watcher) {
        registry.onJoined(node -> watcher.joined(node.uid()));
        registry.onLeft(node -> watcher.left(node.uid()));
        registry.onForgotten(watcher::forgotten);
    }
}
