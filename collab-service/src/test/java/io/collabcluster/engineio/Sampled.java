package io.collabcluster.engineio;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks a session on its own loop, where its state may be read. */
final class Sampled {

    private Sampled() {}

    static <T> T on(Session session, Function<Session, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(session), session.loop())
                .join();
    }
}
