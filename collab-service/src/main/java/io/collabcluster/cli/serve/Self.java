package io.collabcluster.cli.serve;

import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.node.InternalAddress;
import io.collabcluster.cluster.node.NodeRecord;
import io.collabcluster.cluster.node.NodeRegistry;
import io.collabcluster.engineio.NodeId;
import io.collabcluster.status.NodeStatus;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;

/** What this node says of itself to the others. */
record Self(
        ClusterOptions options,
        InternalAddress address,
        NodeStatus status,
        IntSupplier connections,
        IntSupplier load,
        String version,
        Optional<String> certificate,
        String uid,
        Instant started)
        implements NodeRegistry.Self {

    Self(
            ClusterOptions options,
            InternalAddress address,
            NodeStatus status,
            IntSupplier connections,
            IntSupplier load,
            String version,
            Optional<String> certificate) {
        this(
                options,
                address,
                status,
                connections,
                load,
                version,
                certificate,
                UUID.randomUUID().toString(),
                Instant.now());
    }

    @Override
    public Optional<NodeId> id() {
        return options.id().map(NodeId::new);
    }

    @Override
    public Future<NodeRecord> record(NodeId id) {
        return address.get()
                .map(at -> new NodeRecord(
                        id,
                        uid,
                        at,
                        options.url(),
                        options.weight(),
                        status.state().wireName(),
                        connections.getAsInt(),
                        load.getAsInt(),
                        version,
                        started,
                        certificate));
    }
}
