package io.collabcluster.status;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code POST /admin/drain} and {@code POST /admin/shed}, for whoever has the operator's token. */
public final class OperatorRoutes {

    private static final String BEARER = "Bearer ";
    private static final int MOST_BODY_BYTES = 1_024;
    private static final String SHED_BODY =
            "{\"share\":0.2} (more than 0, at most 1) or {\"connections\":100} (at least 1)";

    private final Optional<String> token;
    private final NodeStatus status;
    private final Drain drain;
    private final Shed shed;

    /** @param token empty: nobody may */
    public OperatorRoutes(Optional<String> token, NodeStatus status, Drain drain, Shed shed) {
        this.token = token;
        this.status = status;
        this.drain = drain;
        this.shed = shed;
    }

    public void route(Router router) {
        router.post("/admin/drain").handler(rc -> body(rc, _ -> drain(rc)));
        router.post("/admin/shed").handler(rc -> body(rc, body -> shed(rc, body)));
    }

    private interface Permitted {
        void serve(Buffer body);
    }

    /** Reads the body of one who may. The whole request's deadline is that of all bodies. */
    private void body(RoutingContext rc, Permitted permitted) {
        if (!mayOperate(rc)) {
            rc.request().resume();
            return;
        }
        Buffer body = Buffer.buffer();
        var answered = new AtomicBoolean();
        rc.request().handler(chunk -> {
            if (body.length() + chunk.length() <= MOST_BODY_BYTES) {
                body.appendBuffer(chunk);
            } else if (answered.compareAndSet(false, true)) {
                if (rc.request().version() != HttpVersion.HTTP_2) {
                    rc.response().putHeader("Connection", "close");
                }
                refuse(rc, 413, "too_large", "the body is larger than " + MOST_BODY_BYTES + " bytes");
            }
        });
        rc.request().endHandler(_ -> {
            if (answered.compareAndSet(false, true)) {
                permitted.serve(body);
            }
        });
        rc.request().resume();
    }

    private boolean mayOperate(RoutingContext rc) {
        if (token.isEmpty()) {
            refuse(rc, 403, "forbidden", "operator.token is not set in config.json: nobody may do this");
            return false;
        }
        String given =
                Optional.ofNullable(rc.request().getHeader("Authorization")).orElse("");
        boolean right = given.startsWith(BEARER)
                && MessageDigest.isEqual(bytes(given.substring(BEARER.length())), bytes(token.get()));
        if (!right) {
            rc.response().putHeader("WWW-Authenticate", "Bearer");
            refuse(rc, 401, "unauthorized", "send Authorization: Bearer, with the operator.token of config.json");
        }
        return right;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void drain(RoutingContext rc) {
        int sessions = shed.open();
        drain.begin();
        StatusRoutes.answer(
                rc,
                202,
                new JsonObject()
                        .put("state", status.state().wireName())
                        .put("sessions", sessions)
                        .put("window", shed.window().toSeconds())
                        .put(
                                "message",
                                "no new session is admitted, and those that are open are closed within the window;"
                                        + " the process stays until it is told to end"));
    }

    private void shed(RoutingContext rc, Buffer body) {
        int open = shed.open();
        OptionalInt count = count(body, open);
        if (count.isEmpty()) {
            refuse(rc, 400, "invalid", "the body must be " + SHED_BODY);
        } else if (status.state() == NodeState.DRAINING || status.state() == NodeState.STOPPED) {
            refuse(rc, 409, "draining", "the node is draining: all of its sessions are being closed");
        } else if (status.state() != NodeState.RUNNING) {
            // What it is paused for is most likely away for the other nodes too: they would refuse whom it closes.
            refuse(
                    rc,
                    409,
                    status.state().wireName(),
                    status.reason().orElse("The node does not run") + "; ask again when it runs");
        } else if (!shed.begin(count.getAsInt())) {
            refuse(
                    rc,
                    409,
                    "shedding",
                    "the node sheds already; ask again when the window of "
                            + shed.window().toSeconds() + " s is over");
        } else {
            StatusRoutes.answer(
                    rc,
                    202,
                    new JsonObject()
                            .put("state", status.state().wireName())
                            .put("sessions", open)
                            .put("closing", count.getAsInt())
                            .put("window", shed.window().toSeconds())
                            .put(
                                    "message",
                                    "that many sessions are closed within the window; while it lasts, new ones are"
                                            + " refused as long as this node has more than its share"));
        }
    }

    /** Exactly one of the two members, in its bounds; never more than there are. */
    private static OptionalInt count(Buffer body, int open) {
        try {
            var json = new JsonObject(body);
            if (json.size() != 1) {
                return OptionalInt.empty();
            }
            if (json.getValue("share") instanceof Number share && share.doubleValue() > 0 && share.doubleValue() <= 1) {
                return OptionalInt.of(Math.min(open, (int) Math.max(1, Math.round(share.doubleValue() * open))));
            }
            if (json.getValue("connections") instanceof Integer count && count >= 1) {
                return OptionalInt.of(Math.min(count, open));
            }
        } catch (RuntimeException e) {
            // No JSON object: as if it said nothing that is right.
        }
        return OptionalInt.empty();
    }

    private static void refuse(RoutingContext rc, int status, String code, String message) {
        StatusRoutes.answer(
                rc,
                status,
                new JsonObject().put("error", new JsonObject().put("code", code).put("message", message)));
    }
}
