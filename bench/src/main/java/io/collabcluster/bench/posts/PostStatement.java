package io.collabcluster.bench.posts;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The SQL by which the server posts a comment, as Postgres saw it: there is no second copy of it that could become
 * another.
 *
 * @param sql with $1 for the comment's id, and then its topic, author's id and name, text, location, embedded object,
 *     client id and size
 */
public record PostStatement(String sql) {

    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d+)");

    /** pgbench has no random UUIDs and no nulls, so Postgres makes the id, and the two JSON values are constants. */
    private static final List<String> VALUES =
            List.of("gen_random_uuid()", ":topic", ":author", ":name", ":text", "null", "null", ":client", ":bytes");

    public PostStatement {
        var numbers = PARAMETER
                .matcher(sql)
                .results()
                .map(match -> Integer.parseInt(match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (numbers.size() != VALUES.size() || numbers.first() != 1 || numbers.last() != VALUES.size()) {
            throw new IllegalArgumentException(
                    "this is not the statement that is known, with $1 to $" + VALUES.size() + ": " + sql);
        }
    }

    /** The statement by which this server posts a comment; it posts one or more. */
    static PostStatement of(InetSocketAddress server, TemporaryPostgres postgres) {
        for (int tries = 0; tries < 10; tries++) {
            try (var author = Authors.connect(server, new Workload(1, true))) {
                author.postOnce();
            }
            // What a connection ran last: on the one that posted, something else may have run since.
            String sql = postgres.text("""
                    select query from pg_stat_activity
                    where pid <> pg_backend_pid() and query like '%insert into collab.comment (%' limit 1
                    """);
            if (!sql.isEmpty()) {
                return new PostStatement(sql);
            }
        }
        throw new IllegalStateException("Postgres does not show the statement by which the server posts");
    }

    /** For {@code pgbench -f}: the same with a new client id each time, by the author whose number is the client's. */
    String script(Workload workload) {
        String statement = PARAMETER
                .matcher(sql.strip())
                .replaceAll((MatchResult match) -> VALUES.get(Integer.parseInt(match.group(1)) - 1));
        return """
                \\set author :client_id + %d
                \\set topic %s
                \\set client random(%d, %d)
                %s;
                """.formatted(
                        Workload.FIRST,
                        workload.oneTopic() ? workload.topic(0) : ":author",
                        Workload.LEAST_CLIENT_ID,
                        Long.MAX_VALUE,
                        statement);
    }
}
