package io.collabcluster.cluster.adapter;

import io.collabcluster.socketio.BroadcastOptions;
import io.collabcluster.socketio.Packet;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a broadcast or a request may have in it, while it is being read; what it must have is asked for in the end. */
final class Fields {

    /** Where a broadcast with acknowledgement does not say how long it may take. */
    private static final long DEFAULT_TIMEOUT = 5_000;

    /** Acknowledgements are awaited no longer, whatever another process asks. */
    private static final long LONGEST_TIMEOUT = 600_000;

    private final String here;
    String uid = "";
    String namespace = "/";
    long type = -1;
    Set<String> rooms = Set.of();
    boolean close;
    boolean hasOptions;
    private Optional<String> id = Optional.empty();
    private Optional<String> socket = Optional.empty();
    private Optional<WireReader.Event> event = Optional.empty();
    private Set<String> target = Set.of();
    private Set<String> except = Set.of();
    private boolean isVolatile;
    private long timeout;

    /** @param here the namespace that it was published for */
    Fields(String here) {
        this.here = here;
    }

    /** One of a classic request. */
    void classic(String name, WireReader in) {
        switch (name) {
            case "uid" -> uid = in.text();
            case "type" -> type = in.number();
            case "data" -> event = Optional.of(in.event());
            case "packet" -> packet(in);
            case "sid" -> socket = Optional.of(in.text());
            case "room" -> rooms = in.names();
            default -> shared(name, in);
        }
    }

    /** One of a sharded message's data. */
    void sharded(String name, WireReader in) {
        if (!name.equals("packet")) {
            shared(name, in);
        } else if (type == ShardedType.SERVER_SIDE_EMIT.number()) {
            event = Optional.of(in.event());
        } else {
            packet(in);
        }
    }

    private void shared(String name, WireReader in) {
        switch (name) {
            case "requestId" -> id = Optional.of(in.text()).filter(given -> !given.isEmpty());
            case "rooms" -> rooms = in.names();
            case "close" -> close = in.truth();
            case "opts" -> options(in);
            default -> in.skip();
        }
    }

    void packet(WireReader in) {
        in.object(name -> {
            switch (name) {
                case "data" -> event = Optional.of(in.event());
                case "nsp" ->
                    namespace = Optional.of(in.text())
                            .filter(given -> !given.isEmpty())
                            .orElse("/");
                default -> in.skip();
            }
        });
    }

    void options(WireReader in) {
        hasOptions = in.object(name -> {
            switch (name) {
                case "rooms" -> target = in.names();
                case "except" -> except = in.names();
                case "flags" ->
                    in.object(flag -> {
                        switch (flag) {
                            case "volatile" -> isVolatile = in.truth();
                            case "timeout" -> timeout = in.number();
                            default -> in.skip();
                        }
                    });
                default -> in.skip();
            }
        });
    }

    boolean hasId() {
        return id.isPresent();
    }

    String id() {
        return id.orElseThrow(() -> new MalformedMessage("a request must have a requestId"));
    }

    Packet.Event event() {
        WireReader.Event given = required();
        return new Packet.Event(here, OptionalLong.empty(), given.name(), given.arguments());
    }

    private WireReader.Event required() {
        return event.orElseThrow(() -> new MalformedMessage("there is no event in it"));
    }

    Message serverSideEmit() {
        WireReader.Event given = required();
        return new Message.ServerSideEmit(id, given.name(), given.arguments());
    }

    BroadcastOptions options() {
        Set<String> to = hasOptions ? target : socket.map(Set::of).orElse(Set.of());
        return new BroadcastOptions(to, except, isVolatile, false);
    }

    Duration timeout() {
        return Duration.ofMillis(timeout <= 0 ? DEFAULT_TIMEOUT : Math.min(timeout, LONGEST_TIMEOUT));
    }

    /** What is to be done to the sockets of the options, or in an older form to a single one; never to all by omission. */
    Message targeted(Message action) {
        if (hasOptions) {
            return action;
        }
        String single = socket.orElseThrow(
                () -> new MalformedMessage("a request must say for which sockets it is: opts or sid"));
        return new Message.Confirmed(id.orElse(""), single, action);
    }
}
