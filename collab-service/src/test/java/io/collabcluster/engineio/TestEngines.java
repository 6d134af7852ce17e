package io.collabcluster.engineio;

import static org.awaitility.Awaitility.await;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Mounts engine servers in the running application, each at a path of its own. */
@Singleton
public class TestEngines {

    private static final AtomicInteger PATHS = new AtomicInteger();

    private Router router;

    void routes(@Observes Router running) {
        router = running;
    }

    /** A server that sends every message back. */
    TestEngine echo(UnaryOperator<OptionsOf> change) {
        return mount(change, Admission.OPEN, session -> new Echo(session));
    }

    TestEngine mount(UnaryOperator<OptionsOf> change, Admission admission, SessionHandler handler) {
        OptionsOf options = change.apply(new OptionsOf("/engine-" + PATHS.incrementAndGet()));
        Recorded recorded = new Recorded();
        List<Session> sessions = new CopyOnWriteArrayList<>();
        EngineServer server = new EngineServer(options.build(), admission, recorded, session -> {
            sessions.add(session);
            SessionListener inner = handler.opened(session);
            return recorded.listening(inner);
        });
        server.route(router);
        return new TestEngine(server, options.build().path(), recorded, sessions);
    }

    record TestEngine(EngineServer server, String path, Recorded recorded, List<Session> sessions) {
        /** The newest session; the client may know of it before the server's listener does. */
        Session last() {
            await().atMost(TestClient.SOON).until(() -> !sessions.isEmpty());
            return sessions.getLast();
        }
    }

    record Echo(Session session) implements SessionListener {
        @Override
        public void text(String message) {
            OutboundMessage back = OutboundMessage.text(message);
            session.send(back);
            back.release();
        }

        @Override
        public void binary(byte[] message) {
            // A binary message alone: its text would be a packet of its own, which an echo doesn't send.
            session.send(OutboundMessage.binary(message));
        }

        @Override
        public void closed(CloseReason reason) {}
    }
}
