package io.collabcluster.engineio;

import io.netty.channel.Channel;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;

/** Lets a handshake reach the endpoint only with a ticket of a gate: its path is no address of the server. */
@Singleton
public class TicketCheck implements HttpUpgradeCheck {

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        if (!(context.httpRequest().connection() instanceof ConnectionBase connection)) {
            return CheckResult.rejectUpgrade(404);
        }
        Channel channel = connection.channel();
        UpgradeTicket ticket = channel.attr(UpgradeTicket.KEY).getAndSet(null);
        if (ticket == null) {
            return CheckResult.rejectUpgrade(404);
        }
        context.userData().put(WebSocketEndpoint.TRANSPORT, new WebSocketTransport(channel, ticket));
        return CheckResult.permitUpgrade();
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return WebSocketEndpoint.ID.equals(endpointId);
    }
}
