package io.collabcluster.operator.scaling;

import java.util.Optional;

/** The nodes' own endpoints. Each call ends within a few seconds, whatever the node does. */
public interface NodeClient {

    Reading status(Node node);

    /**
     * Asks a node to let a share of its connections go, so that they spread over all nodes.
     *
     * @param share above 0, at most 1
     * @param token of the cluster's operator
     * @return empty when it does, else why not
     */
    Optional<String> shed(Node node, double share, String token);
}
