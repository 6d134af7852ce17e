package io.collabcluster.cluster.adapter;

/** A message that another process published is not what its channel is for. */
final class MalformedMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedMessage(String fault) {
        super(fault, null, false, false);
    }
}
