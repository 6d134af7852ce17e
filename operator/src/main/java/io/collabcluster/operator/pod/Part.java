package io.collabcluster.operator.pod;

/** One concern of a node's pod. */
@FunctionalInterface
interface Part {

    void addTo(Draft draft);
}
