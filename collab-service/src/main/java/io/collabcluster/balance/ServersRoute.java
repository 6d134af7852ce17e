package io.collabcluster.balance;

import io.collabcluster.engineio.CorsHeaders;
import io.collabcluster.engineio.EngineOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * {@code GET /servers?key=…&n=…}: for clients that choose their server themselves. Without a key the order is any. Needs no
 * sign-in, as no connecting does.
 */
public final class ServersRoute {

    private static final String PATH = "/servers";
    private static final int USUAL = 3;
    private static final int MOST = 16;
    private static final int LONGEST_KEY = 256;

    /** What is wrong with a query, and what would be right. */
    private static final class BadQuery extends Exception {
        private static final long serialVersionUID = 1L;

        BadQuery(String message) {
            super(message);
        }
    }

    private final Supplier<List<ServerRecord>> nodes;
    private final Optional<CorsHeaders> cors;

    /**
     * @param nodes asked for each request, on an event loop: must not block
     * @param cors which pages of other sites may ask
     */
    public ServersRoute(Supplier<List<ServerRecord>> nodes, Optional<EngineOptions.Cors> cors) {
        this.nodes = nodes;
        this.cors = cors.map(CorsHeaders::new);
    }

    public void route(Router router) {
        cors.ifPresent(headers -> router.route(PATH).handler(rc -> {
            if (!headers.apply(rc.request())) {
                rc.next();
            }
        }));
        router.get(PATH).handler(this::list);
    }

    private void list(RoutingContext rc) {
        try {
            String key = key(rc);
            ServerList list = ServerList.of(nodes.get(), key, most(rc));
            // Copies are good for nothing when a node drains, so they are asked about each time; that is cheap.
            rc.response().putHeader("ETag", list.etag()).putHeader("Cache-Control", "no-cache");
            if (knows(rc, list.etag())) {
                rc.response().setStatusCode(304).end();
            } else {
                answer(rc, 200, list.json());
            }
        } catch (BadQuery e) {
            answer(
                    rc,
                    400,
                    new JsonObject()
                            .put(
                                    "error",
                                    new JsonObject().put("code", "invalid").put("message", e.getMessage())));
        }
    }

    private static String key(RoutingContext rc) throws BadQuery {
        List<String> keys = rc.queryParam("key");
        if (keys.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        if (keys.size() > 1 || keys.getFirst().isEmpty() || keys.getFirst().length() > LONGEST_KEY) {
            throw new BadQuery("key must come once, with 1 to " + LONGEST_KEY + " characters, e.g. /servers?key=ann");
        }
        return keys.getFirst();
    }

    private static int most(RoutingContext rc) throws BadQuery {
        List<String> counts = rc.queryParam("n");
        if (counts.isEmpty()) {
            return USUAL;
        }
        if (counts.size() > 1 || !counts.getFirst().matches("\\d{1,2}")) {
            throw badCount();
        }
        int count = Integer.parseInt(counts.getFirst());
        if (count < 1 || count > MOST) {
            throw badCount();
        }
        return count;
    }

    private static BadQuery badCount() {
        return new BadQuery(
                "n must come once, and be a whole number from 1 to " + MOST + ", e.g. /servers?key=ann&n=3");
    }

    /** RFC 9110 section 13.1.2: a list, compared weakly. */
    private static boolean knows(RoutingContext rc, String etag) {
        String known = rc.request().getHeader("If-None-Match");
        if (known == null) {
            return false;
        }
        for (String each : known.split(",")) {
            if (each.strip().equals(etag) || each.strip().equals("*")) {
                return true;
            }
        }
        return false;
    }

    private static void answer(RoutingContext rc, int status, JsonObject body) {
        rc.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toBuffer());
    }
}
