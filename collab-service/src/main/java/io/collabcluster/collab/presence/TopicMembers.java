package io.collabcluster.collab.presence;

import io.collabcluster.access.Identity;
import io.collabcluster.cluster.roster.Roster;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.PresenceOptions;
import io.collabcluster.socketio.Namespace;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Who is at one topic. Tells this node's sockets that joined it, wherever the change comes from. Belongs to one thread. */
final class TopicMembers implements Roster.Listener {

    /** For which a topic without members stays open, at least: people come and go, and the others have to know of it. */
    private static final long LINGER_MILLIS = 10_000;

    /** A member of this node. Without a holder the connection is lost, and the member goes at the end of the grace. */
    private record Place(MemberToken token, Member member, Optional<Holder> holder, Optional<ScheduledFuture<?>> end) {}

    private final String topic;
    private final Namespace namespace;
    private final PresenceOptions options;
    private final ScheduledExecutorService home;
    private final Runnable closed;
    private final Roster.Group group;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<Holder, String> ids = new HashMap<>();
    private int expected;
    private Optional<ScheduledFuture<?>> closing = Optional.empty();

    TopicMembers(
            String topic,
            Namespace namespace,
            Roster roster,
            PresenceOptions options,
            ScheduledExecutorService home,
            Runnable closed) {
        this.topic = topic;
        this.namespace = namespace;
        this.options = options;
        this.home = home;
        this.closed = closed;
        group = roster.open(topic, home, this);
    }

    /** Completes on the home thread when the members are known. Each call wants a {@link #served} afterwards. */
    CompletionStage<Void> ready() {
        expected++;
        closing.ifPresent(set -> set.cancel(false));
        closing = Optional.empty();
        return group.ready();
    }

    void served() {
        expected--;
        closeIfEmpty();
    }

    NavigableMap<String, String> members() {
        return group.members();
    }

    /**
     * A new member; or the same again, if the socket is one already or shows a member's token.
     *
     * @param state empty: as it was
     */
    MemberToken join(Holder holder, Identity user, Optional<String> state, Optional<MemberToken> shown) {
        Optional<MemberToken> token = placeOf(holder).map(Place::token).or(() -> shown);
        Optional<Member> before = token.flatMap(
                        known -> Optional.ofNullable(members().get(known.member())))
                .flatMap(Member::read)
                .filter(member -> member.userId().equals(user.userId()));
        if (before.isPresent()) {
            comeBack(holder, token.get(), before.get(), state);
            return token.get();
        }
        if (members().size() >= options.membersPerTopic()) {
            throw new CollabException(
                    Code.TOO_MANY, "topic: it has " + members().size() + " members, and can't have more");
        }
        MemberToken fresh = MemberToken.next();
        Member member = Member.now(fresh.member(), user, state);
        take(holder, fresh, member);
        tell(PresenceEvents.JOINED, member.json(), Optional.of(holder));
        return fresh;
    }

    private void comeBack(Holder holder, MemberToken token, Member before, Optional<String> state) {
        release(before.id(), Optional.of(holder));
        Member member = before.with(state.or(before::state));
        take(holder, token, member);
        if (!member.equals(before)) {
            tell(PresenceEvents.UPDATED, member.json(), Optional.of(holder));
        }
    }

    private void take(Holder holder, MemberToken token, Member member) {
        places.put(member.id(), new Place(token, member, Optional.of(holder), Optional.empty()));
        ids.put(holder, member.id());
        group.put(member.id(), member.json());
    }

    /** @param state empty: none any more */
    void update(Holder holder, Optional<String> state) {
        Place place = placeOf(holder).orElseThrow(() -> notJoined(topic));
        Member member = place.member().with(state);
        places.put(member.id(), new Place(place.token(), member, place.holder(), Optional.empty()));
        String json = member.json();
        group.update(member.id(), json);
        tell(PresenceEvents.UPDATED, json, Optional.of(holder));
    }

    static CollabException notJoined(String topic) {
        return new CollabException(
                Code.NOT_FOUND, "topic: this socket is no member of " + topic + ": send presence:join first");
    }

    void leave(Holder holder) {
        placeOf(holder).ifPresent(place -> end(place.member().id()));
    }

    /** The connection is lost, and may come back. */
    void lost(Holder holder) {
        placeOf(holder).ifPresent(place -> {
            String id = place.member().id();
            ids.remove(holder);
            var end = home.schedule(() -> end(id), options.grace().toMillis(), TimeUnit.MILLISECONDS);
            places.put(id, new Place(place.token(), place.member(), Optional.empty(), Optional.of(end)));
        });
    }

    private void end(String id) {
        Place place = places.remove(id);
        if (place != null) {
            place.end().ifPresent(set -> set.cancel(false));
            place.holder().ifPresent(ids::remove);
            group.remove(id);
            tell(PresenceEvents.LEFT, place.member().json(), Optional.empty());
            closeIfEmpty();
        }
    }

    private Optional<Place> placeOf(Holder holder) {
        return Optional.ofNullable(ids.get(holder)).map(places::get);
    }

    /** Whoever has the member here, has it no more; and is told, unless it is the next one, too. */
    private void release(String id, Optional<Holder> next) {
        Place place = places.remove(id);
        if (place != null) {
            place.end().ifPresent(set -> set.cancel(false));
            place.holder().ifPresent(holder -> {
                ids.remove(holder);
                if (!next.equals(Optional.of(holder))) {
                    holder.taken(topic, place.member().json());
                }
            });
        }
    }

    private void tell(String event, String member, Optional<Holder> author) {
        var room = namespace.local().to(PresenceEvents.ROOM + topic);
        author.map(holder -> room.except(holder.id())).orElse(room).emit(event, Member.told(topic, member));
    }

    private void closeIfEmpty() {
        if (places.isEmpty() && expected == 0 && closing.isEmpty()) {
            closing = Optional.of(home.schedule(this::close, LINGER_MILLIS, TimeUnit.MILLISECONDS));
        }
    }

    private void close() {
        closing = Optional.empty();
        if (!group.isSettled()) {
            closeIfEmpty();
        } else if (places.isEmpty() && expected == 0) {
            group.close();
            closed.run();
        }
    }

    @Override
    public void joined(String member, String value) {
        tell(PresenceEvents.JOINED, value, Optional.empty());
    }

    @Override
    public void updated(String member, String value) {
        tell(PresenceEvents.UPDATED, value, Optional.empty());
    }

    @Override
    public void left(String member, String value) {
        tell(PresenceEvents.LEFT, value, Optional.empty());
    }

    @Override
    public void taken(String member) {
        release(member, Optional.empty());
        closeIfEmpty();
    }
}
