package io.collabcluster.balance;

import io.collabcluster.status.NodeState;

/**
 * A node as a client sees it that chooses among several.
 *
 * @param id its 4 characters
 * @param url where clients reach this very node
 * @param weight its share of the clients beside the others' weights; 1 or more
 * @param load its connections for each 100 of its weight, so that nodes of different size compare
 */
public record ServerRecord(String id, String url, int weight, double load, NodeState state) {

    public ServerRecord {
        if (weight < 1) {
            throw new IllegalArgumentException("weight is " + weight + ", expected 1 or more");
        }
    }
}
