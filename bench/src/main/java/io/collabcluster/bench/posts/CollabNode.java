package io.collabcluster.bench.posts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.bench.peer.CollabServer;
import io.collabcluster.bench.peer.RunningPeer;

/** Our server in its own trade: comments, kept in a Postgres. */
public record CollabNode(CollabServer server) {

    /** Every setting that isn't named has its default, the number of connections to Postgres too. */
    public RunningPeer start(TemporaryPostgres postgres) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putObject("dataSource")
                .put("host", TemporaryPostgres.HOST)
                .put("port", postgres.port())
                .put("database", TemporaryPostgres.DATABASE)
                .put("username", TemporaryPostgres.USER);
        config.putObject("access").put("jwtSecret", AuthorToken.SECRET);
        config.putObject("drain").put("window", 0);
        return server.start("Collab with Postgres", config, 0);
    }

    /** Has it make its tables, which stay, and shows how it posts. */
    public PostStatement prepare(TemporaryPostgres postgres) {
        try (var running = start(postgres)) {
            var statement = PostStatement.of(running.addresses().getFirst(), postgres);
            postgres.execute("truncate collab.topic cascade");
            return statement;
        }
    }
}
