package io.collabcluster.collab.topic;

/** A change whose JSON is written once, and only if somebody asks: for the other nodes and for the sockets of this one. */
final class WrittenChange implements TopicChange {

    private final TopicChange change;
    private volatile String json;

    WrittenChange(TopicChange change) {
        this.change = change;
    }

    @Override
    public String topic() {
        return change.topic();
    }

    @Override
    public long sequence() {
        return change.sequence();
    }

    @Override
    public String event() {
        return change.event();
    }

    @Override
    public String subject() {
        return change.subject();
    }

    @Override
    public String json() {
        String known = json;
        if (known == null) {
            known = change.json();
            json = known;
        }
        return known;
    }
}
