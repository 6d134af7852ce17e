package io.collabcluster.socketio;

import io.collabcluster.engineio.CorsHeaders;
import io.collabcluster.engineio.EngineOptions.Cors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The official client's files below the server's path ({@code /socket.io/socket.io.js} and its siblings), answered as
 * the reference server's {@code serveClient} does: the quoted version as ETag, brotli or gzip where the client takes it.
 *
 * <p>The files are class path resources that the front-end build puts there; a build without it serves none.
 */
public final class ClientFiles {

    private static final Logger LOG = Logger.getLogger(ClientFiles.class);

    private static final List<String> SCRIPTS =
            List.of("socket.io.js", "socket.io.min.js", "socket.io.msgpack.min.js", "socket.io.esm.min.js");

    private final String path;
    private final Optional<CorsHeaders> cors;
    private final Optional<String> version;
    private final Map<String, Buffer> contents = new ConcurrentHashMap<>();

    /**
     * @param path the server's path without a trailing slash, e.g. {@code /socket.io}
     * @param cors who else's pages may import the files as modules
     */
    public ClientFiles(String path, Optional<Cors> cors) {
        this.path = path;
        this.cors = cors.map(CorsHeaders::new);
        this.version = resource("version").map(bytes -> bytes.toString(StandardCharsets.UTF_8));
    }

    /** Mounts the files, ahead of what else is served below the path. */
    public void route(Router router) {
        if (version.isEmpty()) {
            LOG.warnf("%s/socket.io.js is not served: this build was made without the front end", path);
            return;
        }
        SCRIPTS.stream().flatMap(script -> Stream.of(script, script + ".map")).forEach(file -> router.route(
                        path + "/" + file)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .method(HttpMethod.OPTIONS)
                .order(-2000)
                .handler(rc -> serve(rc, file)));
    }

    private void serve(RoutingContext rc, String file) {
        if (cors.isPresent() && cors.get().apply(rc.request())) {
            return;
        }
        if (rc.request().method() == HttpMethod.OPTIONS) {
            rc.next();
            return;
        }
        String etag = '"' + version.orElseThrow() + '"';
        if (matches(rc.request().getHeader(HttpHeaders.IF_NONE_MATCH), etag)) {
            rc.response().setStatusCode(304).putHeader(HttpHeaders.ETAG, etag).end();
            return;
        }
        Encoding encoding = Encoding.of(rc.request());
        rc.vertx().executeBlocking(() -> content(file + encoding.suffix), false).onComplete(read -> {
            if (read.failed()) {
                rc.fail(read.cause());
                return;
            }
            var response = rc.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=0")
                    .putHeader(HttpHeaders.CONTENT_TYPE, contentType(file))
                    .putHeader(HttpHeaders.ETAG, etag);
            response.headers().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
            if (encoding != Encoding.NONE) {
                response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding.token);
            }
            if (rc.request().method() == HttpMethod.HEAD) {
                response.putHeader(
                                HttpHeaders.CONTENT_LENGTH,
                                Integer.toString(read.result().length()))
                        .end();
            } else {
                response.end(read.result());
            }
        });
    }

    private static String contentType(String file) {
        return "application/" + (file.endsWith(".map") ? "json" : "javascript") + "; charset=utf-8";
    }

    private static boolean matches(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Stream.of(ifNoneMatch.split(","))
                        .map(String::strip)
                        .anyMatch(tag -> tag.equals(etag) || tag.equals("W/" + etag));
    }

    private Buffer content(String name) {
        return contents.computeIfAbsent(name, n -> resource(n)
                .orElseThrow(() -> new IllegalStateException("client/" + n + " is not built in")));
    }

    private static Optional<Buffer> resource(String name) {
        try (InputStream in = ClientFiles.class.getClassLoader().getResourceAsStream("client/" + name)) {
            return in == null ? Optional.empty() : Optional.of(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private enum Encoding {
        BROTLI("br", ".br"),
        GZIP("gzip", ".gz"),
        NONE("identity", "");

        private final String token;
        private final String suffix;

        Encoding(String token, String suffix) {
            this.token = token;
            this.suffix = suffix;
        }

        /** The best of what the request accepts (RFC 9110 §12.5.3); brotli wins over gzip at the same weight. */
        static Encoding of(HttpServerRequest request) {
            String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
            if (accepted == null) {
                return NONE;
            }
            double brotli = weight(accepted, BROTLI.token);
            double gzip = weight(accepted, GZIP.token);
            if (brotli > 0 && brotli >= gzip) {
                return BROTLI;
            }
            return gzip > 0 ? GZIP : NONE;
        }

        private static double weight(String accepted, String token) {
            double any = 0;
            for (String element : accepted.split(",")) {
                String[] parts = element.split(";");
                String name = parts[0].strip();
                if (name.equalsIgnoreCase(token)) {
                    return quality(parts);
                }
                if (name.equals("*")) {
                    any = quality(parts);
                }
            }
            return any;
        }

        private static double quality(String[] parts) {
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.startsWith("q=")) {
                    try {
                        return Double.parseDouble(parameter.substring(2));
                    } catch (NumberFormatException e) {
                        return 0;
                    }
                }
            }
            return 1;
        }
    }
}
