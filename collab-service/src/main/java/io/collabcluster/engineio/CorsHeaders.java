package io.collabcluster.engineio;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Cross-origin answers, as the {@code cors} module of the reference server gives them. */
public final class CorsHeaders {

    private final EngineOptions.Cors cors;
    private final boolean anyOrigin;
    private final Predicate<String> allowed;

    public CorsHeaders(EngineOptions.Cors cors) {
        this.cors = cors;
        this.anyOrigin = !cors.reflect() && cors.origins().contains("*");
        List<Predicate<String>> origins =
                cors.origins().stream().map(CorsHeaders::origin).toList();
        this.allowed = origin -> cors.reflect() || origins.stream().anyMatch(o -> o.test(origin));
    }

    /** Sets the headers; answers a preflight too. @return whether the request is answered */
    public boolean apply(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        origin(request, response);
        if (cors.credentials()) {
            response.putHeader("Access-Control-Allow-Credentials", "true");
        }
        boolean preflight = request.method() == HttpMethod.OPTIONS;
        if (preflight) {
            preflight(request, response);
        }
        if (!cors.exposedHeaders().isEmpty()) {
            response.putHeader("Access-Control-Expose-Headers", String.join(",", cors.exposedHeaders()));
        }
        if (!preflight || cors.preflightContinue()) {
            return false;
        }
        request.resume();
        // Safari hangs on a 204 without it.
        response.setStatusCode(cors.optionsSuccessStatus())
                .putHeader("Content-Length", "0")
                .end();
        return true;
    }

    private void origin(HttpServerRequest request, HttpServerResponse response) {
        if (anyOrigin) {
            response.putHeader("Access-Control-Allow-Origin", "*");
            return;
        }
        response.headers().add("Vary", "Origin");
        String origin = request.getHeader("Origin");
        if (origin != null && allowed.test(origin)) {
            response.putHeader("Access-Control-Allow-Origin", origin);
        }
    }

    private void preflight(HttpServerRequest request, HttpServerResponse response) {
        response.putHeader("Access-Control-Allow-Methods", String.join(",", cors.methods()));
        if (cors.allowedHeaders().isEmpty()) {
            response.headers().add("Vary", "Access-Control-Request-Headers");
            String asked = request.getHeader("Access-Control-Request-Headers");
            if (asked != null && !asked.isEmpty()) {
                response.putHeader("Access-Control-Allow-Headers", asked);
            }
        } else {
            response.putHeader("Access-Control-Allow-Headers", String.join(",", cors.allowedHeaders()));
        }
        cors.maxAge().ifPresent(age -> response.putHeader("Access-Control-Max-Age", Long.toString(age.toSeconds())));
    }

    private static Predicate<String> origin(String entry) {
        if (entry.length() > 2 && entry.startsWith("/") && entry.endsWith("/")) {
            return Pattern.compile(entry.substring(1, entry.length() - 1)).asPredicate();
        }
        return entry::equals;
    }
}
