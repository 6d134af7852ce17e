package io.collabcluster.cli.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The page at {@code /}, told where the Socket.IO server is and how one signs in. Its script and style sheet are static
 * resources.
 */
public final class Page {

    private static final Logger LOG = Logger.getLogger(Page.class);

    /** The page runs its own script and style sheet and talks to its own server; nothing else. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /** How one signs in: with a chosen name, or with a token only. */
    public enum SignIn {
        GUEST,
        TOKEN
    }

    private final Optional<String> html;

    /** @param socketIoPath the Socket.IO server's path, e.g. {@code /socket.io} */
    public Page(String socketIoPath, SignIn signIn) {
        this.html = template().map(text -> text.replace("{{socketio-path}}", attribute(socketIoPath))
                .replace("{{sign-in}}", signIn == SignIn.GUEST ? "guest" : "token"));
    }

    public void route(Router router) {
        if (html.isEmpty()) {
            LOG.warn("There is no page at /: this build was made without the front end");
            return;
        }
        router.route("/")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-1500)
                .handler(this::serve);
    }

    private void serve(RoutingContext rc) {
        rc.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .end(html.orElseThrow());
    }

    private static Optional<String> template() {
        try (InputStream in = Page.class.getClassLoader().getResourceAsStream("page/index.html")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }
}
