package io.collabcluster.cluster.adapter;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;

/** A published format: which channels a namespace has, and what is said there. */
interface Protocol {

    /** What is to be published, and where. */
    record Outgoing(String channel, Buffer bytes) {}

    /** @param from the sender's uid; empty for those that have none, and want no answer of their own */
    record Incoming(String from, Message message) {}

    /** Empty for what is this process's own, or another namespace's, or not for anybody here. */
    @FunctionalInterface
    interface Decoder {

        /** @throws MalformedMessage when it is not what the channel is for */
        Optional<Incoming> decode(Buffer bytes);
    }

    record Heard(String channel, Decoder decoder) {}

    /** The channels that every node hears all the time. */
    List<Heard> always();

    /** The channel for a room's broadcasts; empty when these come by another one. */
    Optional<Heard> room(String room);

    /** The channel that every node hears once: by it they are counted. */
    String counted();

    /** @param everywhere not by a channel that some nodes may not hear yet */
    Outgoing encode(Message message, boolean everywhere);

    /** @param to the uid of the node that asked */
    Outgoing answer(Message.Answer answer, String to);
}
