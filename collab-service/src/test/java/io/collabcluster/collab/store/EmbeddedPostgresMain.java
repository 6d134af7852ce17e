package io.collabcluster.collab.store;

import java.nio.file.Path;

/** A process that holds a data folder until it is killed. */
public final class EmbeddedPostgresMain {

    private EmbeddedPostgresMain() {}

    public static void main(String... arguments) throws InterruptedException {
        try {
            var server = EmbeddedPostgresServer.start(Path.of(arguments[0]));
            PostgresOptions options = server.options(1);
            System.out.println("ready " + server.pid() + " " + options.port() + " "
                    + options.password().orElseThrow());
            Thread.sleep(Long.MAX_VALUE);
        } catch (EmbeddedPostgresException e) {
            System.out.println("refused " + e.getMessage());
        }
    }
}
