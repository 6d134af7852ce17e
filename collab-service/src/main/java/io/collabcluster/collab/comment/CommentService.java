package io.collabcluster.collab.comment;

import io.collabcluster.access.Identity;
import io.collabcluster.collab.Availability;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.store.PostgresException;
import io.collabcluster.collab.topic.ChangePage;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What people do with comments, whatever way they come: may they, is it right, is it kept. Fails with {@link
 * CollabException}. A success is committed; after {@link Code#UNAVAILABLE} it may or may not be, and a retry with the same
 * client id is harmless.
 */
public final class CommentService {

    private static final Logger LOG = Logger.getLogger(CommentService.class);

    private final CommentRepository repository;
    private final CommentRules rules;
    private final Availability availability;
    private final Consumer<Change> committed;

    /** @param committed told each change after its commit, in no particular order; must not block */
    public CommentService(
            CommentRepository repository,
            CollabOptions options,
            Availability availability,
            Consumer<Change> committed) {
        this.repository = repository;
        this.rules = new CommentRules(options);
        this.availability = availability;
        this.committed = committed;
    }

    public Uni<Comment> post(Identity author, NewComment comment) {
        return writing(author, () -> {
            rules.check(comment);
            return repository.post(author, comment).invoke(posted -> {
                // A retry can find its comment edited or deleted since: what changed it was told then.
                if (posted.changed() == posted.sequence()) {
                    committed.accept(Change.latest(Change.Type.POSTED, posted));
                }
            });
        });
    }

    public Uni<Comment> edit(Identity editor, CommentEdit edit) {
        return writing(editor, () -> {
            rules.check(edit);
            return repository
                    .edit(editor, edit)
                    .flatMap(edited -> edited.isPresent()
                            ? told(Change.Type.EDITED, edited.get())
                            : repository.find(edit.topic(), edit.id()).map(found -> {
                                throw refused(editor, found, edit.topic(), edit.id());
                            }));
        });
    }

    /** Deleting what is deleted is no error: the retry of a deletion answers the tombstone. */
    public Uni<Comment> delete(Identity deleter, String topic, UUID id) {
        return writing(deleter, () -> {
            rules.topic(topic);
            return repository
                    .delete(deleter, topic, id)
                    .flatMap(deleted -> deleted.isPresent()
                            ? told(Change.Type.DELETED, deleted.get())
                            : repository.find(topic, id).map(found -> found.filter(Comment::deleted)
                                    .filter(comment -> mayChange(deleter, comment))
                                    .orElseThrow(() -> refused(deleter, found, topic, id))));
        });
    }

    /** @param before list only what was posted before this number */
    public Uni<CommentPage> list(Identity reader, String topic, OptionalLong before, OptionalLong limit) {
        return reading(reader, () -> {
            rules.topic(topic);
            return repository.list(topic, before.orElse(Long.MAX_VALUE), rules.limit(limit));
        });
    }

    public Uni<ChangePage> changes(Identity reader, String topic, long after, OptionalLong limit) {
        return reading(reader, () -> {
            rules.topic(topic);
            return repository.changes(topic, after, rules.limit(limit));
        });
    }

    /** Whether this person may be told what happens on the topic. Everyone who is signed in may. */
    public void authorizeSubscription(Identity reader, String topic) {
        signedIn(reader);
        rules.topic(topic);
    }

    /** The most changes of one page. */
    public int pageSize() {
        return rules.limit(OptionalLong.empty());
    }

    private Uni<Comment> told(Change.Type type, Comment comment) {
        committed.accept(Change.latest(type, comment));
        return Uni.createFrom().item(comment);
    }

    private static boolean mayChange(Identity person, Comment comment) {
        return person.isAdmin() || comment.author().id().equals(person.userId());
    }

    private static CollabException refused(Identity person, Optional<Comment> found, String topic, UUID id) {
        if (found.isEmpty()) {
            return new CollabException(Code.NOT_FOUND, "id: there is no comment " + id + " on this topic");
        }
        if (!mayChange(person, found.get())) {
            return new CollabException(Code.FORBIDDEN, "only its author may change a comment");
        }
        return found.get().deleted()
                ? new CollabException(Code.CONFLICT, "the comment " + id + " is deleted")
                : new CollabException(
                        Code.CONFLICT, "the comment " + id + " on " + topic + " was just changed: try again");
    }

    private <T> Uni<T> writing(Identity person, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    availability.unavailable().ifPresent(reason -> {
                        throw new CollabException(Code.UNAVAILABLE, reason);
                    });
                    signedIn(person);
                    return work.get();
                })
                .onFailure()
                .transform(CommentService::explained);
    }

    private <T> Uni<T> reading(Identity person, Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> {
                    signedIn(person);
                    return work.get();
                })
                .onFailure()
                .transform(CommentService::explained);
    }

    private static void signedIn(Identity person) {
        person.expiresAt().filter(end -> !end.isAfter(Instant.now())).ifPresent(end -> {
            throw new CollabException(Code.TOKEN_EXPIRED, "the sign-in ended at " + end + ": renew it");
        });
    }

    /** What a client is told about a failure: never the inside of it. */
    public static CollabException explained(Throwable error) {
        return switch (error) {
            case CollabException known -> known;
            case PostgresException fault
            when fault.kind() == PostgresException.Kind.REFUSED || fault.kind() == PostgresException.Kind.DUPLICATE -> {
                LOG.errorf("a statement was refused: %s", fault.getMessage());
                yield new CollabException(Code.INTERNAL, "the server made a mistake; it is in its log");
            }
            case PostgresException fault -> {
                LOG.debugf("unavailable: %s", fault.getMessage());
                yield new CollabException(Code.UNAVAILABLE, "DB Service does not answer: try again");
            }
            default -> {
                LOG.error("a request failed", error);
                yield new CollabException(Code.INTERNAL, "the server made a mistake; it is in its log");
            }
        };
    }
}
