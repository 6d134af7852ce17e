package io.collabcluster.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageTest {

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void thePageSaysWhereTheServerIsAndHowOneSignsIn() throws Exception {
        var answer = get(new Page("/rt", Page.SignIn.TOKEN));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html; charset=utf-8");
        assertThat(answer.body())
                .contains("<meta name=\"socketio-path\" content=\"/rt\">")
                .contains("<meta name=\"sign-in\" content=\"token\">")
                .doesNotContain("{{");
        assertThat(get(new Page("/rt", Page.SignIn.GUEST)).body())
                .contains("<meta name=\"sign-in\" content=\"guest\">");
    }

    @Test
    void aPathCannotBreakOutOfItsAttribute() throws Exception {
        assertThat(get(new Page("/a\"><script>", Page.SignIn.GUEST)).body())
                .contains("content=\"/a&quot;>&lt;script>\"")
                .doesNotContain("<script>");
    }

    @Test
    void thePolicyAdmitsOwnScriptsAndStylesOnly() throws Exception {
        var policy = get(new Page("/socket.io", Page.SignIn.GUEST))
                .headers()
                .firstValue("content-security-policy")
                .orElseThrow();
        assertThat(policy)
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("style-src 'self'")
                .doesNotContain("unsafe");
    }

    private HttpResponse<String> get(Page page) throws Exception {
        Router router = Router.router(vertx);
        page.route(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (HttpClient http = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + server.actualPort() + "/");
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
