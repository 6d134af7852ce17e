package io.collabcluster.engineio;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lets a handshake reach the endpoint only with a ticket of a gate: its path is no address of the server. */
@Singleton
public class TicketCheck implements HttpUpgradeCheck {

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

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
        WebSocketServerExtensionHandler others = channel.pipeline().get(WebSocketServerExtensionHandler.class);
        if (others != null) {
            // Vert.x would negotiate the extension a second time.
            channel.pipeline().remove(others);
        }
        Optional<PerMessageDeflate> deflate = PerMessageDeflate.negotiate(
                context.httpRequest().getHeader(EXTENSIONS), ticket.engine().options());
        context.userData().put(WebSocketEndpoint.TRANSPORT, new WebSocketTransport(channel, ticket, deflate));
        return CheckResult.permitUpgrade(deflate.map(extension -> Map.of(EXTENSIONS, List.of(extension.accepted())))
                .orElse(Map.of()));
    }

    @Override
    public boolean appliesTo(String endpointId) {
        return WebSocketEndpoint.ID.equals(endpointId);
    }
}
