package io.collabcluster.engineio;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Checks every request of an Engine.IO path, in the order of the reference server, and sends it to its transport. */
final class Gate implements Handler<RoutingContext> {

    private final Engine engine;
    private final Admission admission;
    private final Strays strays;
    private final boolean forwarded;
    private final Optional<CorsHeaders> cors;
    private final Optional<SessionCookie> cookie;
    private final TrustedProxies proxies;

    /** @param forwarded whether its requests come by way of another node */
    Gate(Engine engine, Admission admission, Strays strays, boolean forwarded) {
        this.engine = engine;
        this.admission = admission;
        this.strays = strays;
        this.forwarded = forwarded;
        this.cors = engine.options().cors().map(CorsHeaders::new);
        this.cookie = engine.options().cookie().map(SessionCookie::new);
        this.proxies = new TrustedProxies(engine.options().proxy());
    }

    @Override
    public void handle(RoutingContext rc) {
        if (cors.isPresent() && cors.get().apply(rc.request())) {
            return;
        }
        PollingExchange exchange = new PollingExchange(rc, engine, forwarded);
        try {
            HandshakeRequest request = HandshakeRequest.of(rc.request(), proxies);
            if (request.parameter("sid").isPresent()) {
                existing(rc, exchange, request).ifPresent(exchange::deny);
            } else {
                fresh(rc, exchange, request).ifPresent(denial -> {
                    denial.logHandshake(() -> request.client().address());
                    exchange.deny(denial);
                });
            }
        } catch (IllegalArgumentException undecodable) {
            exchange.deny(Denial.BAD_REQUEST);
        }
    }

    /** A request of a session. */
    private Optional<Denial> existing(RoutingContext rc, PollingExchange exchange, HandshakeRequest request) {
        Optional<TransportName> transport = request.transport(engine.options());
        if (transport.isEmpty()) {
            return Optional.of(Denial.TRANSPORT_UNKNOWN);
        }
        if (!request.hasValidOrigin()) {
            return Optional.of(Denial.BAD_REQUEST);
        }
        String sid = request.parameter("sid").orElseThrow();
        Optional<EngineSession> found = engine.sessions().find(sid);
        if (found.isEmpty()) {
            strays.take(request.stray(sid, () -> exchange.deny(Denial.SESSION_UNKNOWN)));
            return Optional.empty();
        }
        EngineSession session = found.get();
        if (transport.get() == TransportName.WEBSOCKET) {
            if (!request.isUpgrade() || !engine.options().allowUpgrades() || !session.upgradable()) {
                return Optional.of(Denial.BAD_REQUEST);
            }
            WebSocketUpgrade.accept(rc.request(), new UpgradeTicket(engine, found, session.handshake()));
            return Optional.empty();
        }
        HttpMethod method = rc.request().method();
        if (method == HttpMethod.GET && rc.request().getHeader("Upgrade") == null) {
            session.onLoop(new PollingRequest(session, exchange)::get);
        } else if (method == HttpMethod.POST) {
            session.onLoop(new PollingRequest(session, exchange)::post);
        } else {
            return Optional.of(Denial.BAD_REQUEST);
        }
        return Optional.empty();
    }

    /** A handshake. */
    private Optional<Denial> fresh(RoutingContext rc, PollingExchange exchange, HandshakeRequest request) {
        Optional<TransportName> transport = request.transport(engine.options());
        if (transport.isEmpty()) {
            return Optional.of(Denial.TRANSPORT_UNKNOWN);
        }
        if (!request.hasValidOrigin()) {
            return Optional.of(Denial.BAD_REQUEST);
        }
        if (!request.isGet()) {
            return Optional.of(Denial.BAD_HANDSHAKE_METHOD);
        }
        boolean webSocket = transport.get() == TransportName.WEBSOCKET;
        if (webSocket != (rc.request().getHeader("Upgrade") != null) || webSocket && !request.isUpgrade()) {
            return Optional.of(Denial.BAD_REQUEST);
        }
        if (!request.parameter("EIO").equals(Optional.of("4"))) {
            return Optional.of(Denial.UNSUPPORTED_VERSION);
        }
        if (engine.sessions().isClosed()) {
            return Optional.of(Denial.closed());
        }
        Client client = request.client();
        Optional<Denial> limit = engine.addresses().handshake(client.address());
        if (limit.isPresent()) {
            return limit;
        }
        Handshake handshake = request.handshake(client);
        Optional<Denial> refusal = admission.refuse(handshake).map(Denial::of);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (webSocket) {
            WebSocketUpgrade.accept(rc.request(), new UpgradeTicket(engine, Optional.empty(), handshake));
            return Optional.empty();
        }
        return open(exchange, handshake);
    }

    private Optional<Denial> open(PollingExchange exchange, Handshake handshake) {
        if (!engine.addresses().open(handshake.address())) {
            return Optional.of(engine.addresses().full(handshake.address()));
        }
        EngineSession session = new EngineSession(engine, exchange.loop(), handshake);
        cookie.ifPresent(c -> exchange.request().response().putHeader("Set-Cookie", c.header(session.id())));
        PollingTransport polling = new PollingTransport(session, engine.metrics(), engine.relays());
        session.onLoop(() -> {
            polling.poll(exchange);
            session.open(polling);
        });
        return Optional.empty();
    }
}
