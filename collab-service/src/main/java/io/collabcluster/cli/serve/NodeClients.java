package io.collabcluster.cli.serve;

import io.collabcluster.engineio.CloseReason;
import io.collabcluster.engineio.EngineServer;
import io.collabcluster.engineio.Session;
import io.collabcluster.status.Drain;
import java.util.List;
import java.util.function.Consumer;

/** The sessions of all engines of a node. */
record NodeClients(List<EngineServer> engines) implements Drain.Clients {

    @Override
    public int open() {
        return engines.stream().mapToInt(EngineServer::sessions).sum();
    }

    @Override
    public void forEach(Consumer<Session> consumer) {
        engines.forEach(engine -> engine.forEach(consumer));
    }

    @Override
    public void close(CloseReason reason) {
        engines.forEach(engine -> engine.close(reason));
    }
}
