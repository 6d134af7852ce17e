package io.collabcluster.collab.comment;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import io.collabcluster.collab.store.Postgres;
import io.collabcluster.collab.store.PostgresException;
import io.collabcluster.collab.store.PostgresException.Kind;
import io.collabcluster.collab.topic.ChangePage;
import io.collabcluster.collab.topic.ChangeSource;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Comments in Postgres. Fails with {@link PostgresException}. What succeeds is committed. */
public final class CommentRepository implements ChangeSource {

    /** About how much text, location and embedded objects a page may hold: it has to fit in what may wait for one client. */
    private static final int PAGE_BYTES = 256 * 1024;

    private final Postgres postgres;

    public CommentRepository(Postgres postgres) {
        this.postgres = postgres;
    }

    /** A retry with the same client id answers the comment that is there, as it is now. */
    public Uni<Comment> post(Identity author, NewComment comment) {
        UUID id = UUID.randomUUID();
        Tuple arguments = Tuple.of(id, comment.topic(), author.userId(), author.name(), comment.text())
                .addString(comment.location().orElse(null))
                .addString(comment.embedded().orElse(null))
                .addString(comment.clientId().orElse(null))
                .addInteger(bytes(comment));
        Uni<RowSet<Row>> statement = postgres.query(CommentSql.POST, arguments);
        return statement
                // Two retries at once: the second one waited for the first, and sees its comment only now.
                .onFailure(CommentRepository::isDuplicate)
                .recoverWithUni(statement)
                .map(rows -> comment(rows.iterator().next()));
    }

    private static boolean isDuplicate(Throwable error) {
        return error instanceof PostgresException fault && fault.kind() == Kind.DUPLICATE;
    }

    /** Empty where there is no such comment that this person may edit. */
    public Uni<Optional<Comment>> edit(Identity editor, CommentEdit edit) {
        return postgres.query(
                        CommentSql.EDIT,
                        Tuple.of(edit.topic(), edit.id(), editor.userId(), editor.isAdmin())
                                .addString(edit.text().orElse(null))
                                .addBoolean(!(edit.location() instanceof Patch.Keep))
                                .addString(replacement(edit.location()))
                                .addBoolean(!(edit.embedded() instanceof Patch.Keep))
                                .addString(replacement(edit.embedded())))
                .map(CommentRepository::first);
    }

    private static String replacement(Patch patch) {
        return patch instanceof Patch.Replace(String json) ? json : null;
    }

    /** Empty where there is no such comment that this person may delete and is not deleted. */
    public Uni<Optional<Comment>> delete(Identity deleter, String topic, UUID id) {
        return postgres.query(CommentSql.DELETE, Tuple.of(topic, id, deleter.userId(), deleter.isAdmin()))
                .map(CommentRepository::first);
    }

    public Uni<Optional<Comment>> find(String topic, UUID id) {
        return postgres.query(CommentSql.FIND, Tuple.of(topic, id)).map(CommentRepository::first);
    }

    /** The newest comments posted before a number, at most {@code limit}, and fewer where they are large. */
    public Uni<CommentPage> list(String topic, long before, int limit) {
        return postgres.query(CommentSql.LIST, Tuple.of(topic, before, limit + 1, (long) PAGE_BYTES))
                .map(rows -> page(topic, limit, rows));
    }

    private static CommentPage page(String topic, int limit, RowSet<Row> rows) {
        long head = 0;
        long candidates = 0;
        var comments = new ArrayList<Comment>();
        for (Row row : rows) {
            head = row.getLong("head");
            if (row.getUUID("id") != null) {
                candidates = row.getLong("candidates");
                comments.add(comment(row));
            }
        }
        List<Comment> page = comments.subList(0, Math.min(limit, comments.size()));
        Collections.reverse(page);
        return new CommentPage(topic, head, candidates > page.size(), List.copyOf(page));
    }

    @Override
    public Uni<ChangePage> changes(String topic, long after, int limit) {
        return postgres.query(CommentSql.CHANGES, Tuple.of(topic, after, limit, (long) PAGE_BYTES))
                .map(rows -> {
                    long head = 0;
                    var changes = new ArrayList<Change>();
                    for (Row row : rows) {
                        head = row.getLong("head");
                        if (row.getUUID("id") != null) {
                            var type = Change.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT));
                            changes.add(new Change(row.getLong("number"), type, comment(row)));
                        }
                    }
                    return new ChangePage(topic, head, after, List.copyOf(changes));
                });
    }

    @Override
    public Uni<Map<String, Long>> heads(Collection<String> topics) {
        return postgres.query(CommentSql.HEADS, Tuple.tuple().addArrayOfString(topics.toArray(String[]::new)))
                .map(rows -> {
                    var heads = new HashMap<String, Long>();
                    rows.forEach(row -> heads.put(row.getString("id"), row.getLong("head")));
                    return heads;
                });
    }

    private static int bytes(NewComment comment) {
        return size(comment.text())
                + comment.location().map(CommentRepository::size).orElse(0)
                + comment.embedded().map(CommentRepository::size).orElse(0);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Optional<Comment> first(RowSet<Row> rows) {
        var iterator = rows.iterator();
        return iterator.hasNext() ? Optional.of(comment(iterator.next())) : Optional.empty();
    }

    private static Comment comment(Row row) {
        return new Comment(
                row.getUUID("id"),
                row.getString("topic"),
                row.getLong("sequence"),
                row.getLong("changed"),
                new Comment.Author(row.getString("author_id"), row.getString("author_name")),
                Optional.ofNullable(row.getString("text")),
                Optional.ofNullable(row.getString("location")),
                Optional.ofNullable(row.getString("embedded")),
                Optional.ofNullable(row.getString("client_id")),
                row.getOffsetDateTime("created_at").toInstant(),
                Optional.ofNullable(row.getOffsetDateTime("edited_at")).map(OffsetDateTime::toInstant),
                Optional.ofNullable(row.getOffsetDateTime("deleted_at")).map(OffsetDateTime::toInstant));
    }
}
