package io.collabcluster.collab.presence;

import io.collabcluster.access.Identity;
import io.collabcluster.cluster.roster.Roster;
import io.collabcluster.collab.Availability;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.collab.FieldRules;
import io.collabcluster.collab.topic.TopicAccess;
import io.collabcluster.socketio.Json;
import io.collabcluster.socketio.Namespace;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * Who is at which topic, on all nodes. Each topic has one home thread, by its hash. Any thread; fails with {@link
 * CollabException}.
 */
public final class PresenceService {

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final Namespace namespace;
    private final Roster roster;
    private final List<? extends ScheduledExecutorService> loops;
    private final CollabOptions options;
    private final TopicAccess access;
    private final Availability availability;
    private final Map<String, TopicMembers> topics = new ConcurrentHashMap<>();

    /** @param loops the home threads, e.g. the event loops; each runs one task at a time, in order */
    public PresenceService(
            Namespace namespace,
            Roster roster,
            List<? extends ScheduledExecutorService> loops,
            CollabOptions options,
            TopicAccess access,
            Availability availability) {
        this.namespace = namespace;
        this.roster = roster;
        this.loops = List.copyOf(loops);
        this.options = options;
        this.access = access;
        this.availability = availability;
    }

    /** Takes the outcome of joining; exactly one of the two is called, on the topic's thread. */
    interface Joining {

        /** Whether anybody waits for the outcome still. */
        boolean wanted();

        /** Whoever enters the room before this returns, hears all that happens after the page. */
        void joined(MemberToken token, Json member, MemberPage page);

        void failed(Throwable error);
    }

    void join(
            String topic,
            Holder holder,
            Identity user,
            Optional<String> state,
            Optional<String> token,
            Joining joining) {
        whenKnown(
                topic,
                members -> {
                    if (!joining.wanted()) {
                        joining.failed(new CollabException(Code.CONFLICT, "the socket is gone"));
                        return;
                    }
                    MemberToken mine = members.join(holder, user, state, token.map(MemberToken::new));
                    joining.joined(
                            mine,
                            new Json(members.members().get(mine.member())),
                            MemberPage.of(topic, members.members(), "", options.pageSize()));
                },
                joining::failed);
    }

    Uni<Void> update(String topic, Holder holder, Optional<String> state) {
        return Uni.createFrom().emitter(emitter -> home(topic).execute(() -> {
            try {
                Optional.ofNullable(topics.get(topic))
                        .orElseThrow(() -> TopicMembers.notJoined(topic))
                        .update(holder, state);
                emitter.complete(null);
            } catch (CollabException e) {
                emitter.fail(e);
            }
        }));
    }

    void leave(String topic, Holder holder) {
        tell(topic, members -> members.leave(holder));
    }

    void lost(String topic, Holder holder) {
        tell(topic, members -> members.lost(holder));
    }

    private void tell(String topic, Consumer<TopicMembers> word) {
        home(topic).execute(() -> Optional.ofNullable(topics.get(topic)).ifPresent(word));
    }

    /** @param after the id of the member that the page starts behind */
    Uni<MemberPage> list(Identity reader, String topic, Optional<String> after, OptionalLong limit) {
        return Uni.createFrom()
                .<MemberPage>emitter(emitter -> {
                    authorize(reader, topic);
                    requireAvailable();
                    int most = FieldRules.limit(limit, options.pageSize());
                    whenKnown(
                            topic,
                            members ->
                                    emitter.complete(MemberPage.of(topic, members.members(), after.orElse(""), most)),
                            emitter::fail);
                })
                .ifNoItem()
                .after(DEADLINE)
                .failWith(() ->
                        new CollabException(Code.UNAVAILABLE, "the other nodes' members are not known: try again"));
    }

    /** The page as an answer over REST. */
    Uni<Json> page(Identity reader, String topic, Optional<String> after, OptionalLong limit) {
        return list(reader, topic, after, limit).map(page -> {
            var answer = new LinkedHashMap<String, Object>();
            page.addTo(answer);
            return Json.of(answer);
        });
    }

    void authorize(Identity user, String topic) {
        access.authorize(user, topic);
    }

    /** While the node is paused, the others would not hear of it. */
    void requireAvailable() {
        availability.unavailable().ifPresent(reason -> {
            throw new CollabException(Code.UNAVAILABLE, reason);
        });
    }

    CollabOptions options() {
        return options;
    }

    private void whenKnown(String topic, Consumer<TopicMembers> work, Consumer<Throwable> failed) {
        home(topic).execute(() -> {
            TopicMembers members = topics.computeIfAbsent(topic, this::open);
            members.ready().whenComplete((known, error) -> {
                try {
                    if (error == null) {
                        work.accept(members);
                    } else {
                        failed.accept(error);
                    }
                } catch (RuntimeException e) {
                    failed.accept(e);
                } finally {
                    members.served();
                }
            });
        });
    }

    private TopicMembers open(String topic) {
        return new TopicMembers(topic, namespace, roster, options.presence(), home(topic), () -> topics.remove(topic));
    }

    private ScheduledExecutorService home(String topic) {
        return loops.get(Math.floorMod(topic.hashCode(), loops.size()));
    }

    /** Topics that have members on this node, or had some a moment ago. */
    public int topics() {
        return topics.size();
    }
}
