package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * The connections to one master: one publishes, one subscribes, one has the commands. Nothing but (un)subscribing is sent
 * on the second: the client would take a message for an answer. Touched on the bus's event loop only.
 */
final class Wire {

    /** What the subscribing connection brings. */
    interface Ears {
        void confirmed(String channel);

        void message(String channel, Response message);

        /** Redis itself has ended a subscription: the channel's slot has moved. */
        void ended(String channel);

        void refused(RedisException error);
    }

    private final Line publishing;
    private final Line commands;
    private final Line subscribing;
    private final boolean sharded;

    private final Expected unconfirmed = new Expected();
    private final Expected leaving = new Expected();

    private Wire(Line publishing, Line commands, Line subscribing, Format format) {
        this.publishing = publishing;
        this.commands = commands;
        this.subscribing = subscribing;
        sharded = format == Format.SHARDED;
    }

    /** All of them or none. */
    static Future<Wire> open(Server server, Connector connector, Inspection inspection, Format format) {
        return connector
                .connect(server)
                .compose(commands -> guard(
                        commands,
                        inspection
                                .inspect(commands)
                                .compose(_ -> connector.connect(server))
                                .compose(publishing -> guard(
                                        publishing,
                                        connector
                                                .connect(server)
                                                .map(subscribing ->
                                                        new Wire(publishing, commands, subscribing, format))))));
    }

    private static Future<Wire> guard(Line opened, Future<Wire> rest) {
        return rest.onFailure(_ -> opened.close());
    }

    Server server() {
        return commands.server();
    }

    Line publishing() {
        return publishing;
    }

    Line commands() {
        return commands;
    }

    void listen(Ears ears, Consumer<RedisException> lost) {
        publishing.onEnd(lost);
        commands.onEnd(lost);
        subscribing.onEnd(lost);
        subscribing.connection().handler(push -> heard(push, ears));
    }

    /** @param channels of one slot, where slots count */
    void subscribe(Collection<String> channels) {
        send(sharded ? Command.SSUBSCRIBE : Command.SUBSCRIBE, channels, unconfirmed);
    }

    void unsubscribe(Collection<String> channels) {
        send(sharded ? Command.SUNSUBSCRIBE : Command.UNSUBSCRIBE, channels, leaving);
    }

    Request publish(String channel) {
        return Request.cmd(sharded ? Command.SPUBLISH : Command.PUBLISH).arg(channel);
    }

    void close() {
        publishing.close();
        commands.close();
        subscribing.close();
    }

    private void send(Command command, Collection<String> channels, Expected confirmations) {
        Request request = Request.cmd(command);
        for (String channel : channels) {
            request.arg(channel);
            confirmations.add(channel);
        }
        subscribing.connection().send(request);
    }

    private void heard(Response push, Ears ears) {
        if (push instanceof Throwable error) {
            ears.refused(subscribing.fault().explain(error, server()));
            return;
        }
        String channel = push.get(1) == null ? "" : push.get(1).toString();
        switch (push.get(0).toString()) {
            case "message", "smessage" -> ears.message(channel, push.get(2));
            case "subscribe", "ssubscribe" -> {
                if (unconfirmed.take(channel) && !unconfirmed.has(channel)) {
                    ears.confirmed(channel);
                }
            }
            case "unsubscribe", "sunsubscribe" -> {
                if (!leaving.take(channel)) {
                    ears.ended(channel);
                }
            }
            default -> {}
        }
    }
}
