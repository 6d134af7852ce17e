package io.collabcluster.operator.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** The nodes' endpoints over HTTP, at their pods' addresses. */
public final class HttpNodeClient implements NodeClient {

    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final long MOST_BYTES = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    // Else each connection would begin with an offer of HTTP/2 in clear text, which what stands between may refuse.
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(DEADLINE)
            .build();
    private final int port;

    public HttpNodeClient(int port) {
        this.port = port;
    }

    @Override
    public Reading status(Node node) {
        try {
            HttpResponse<String> answer = send(request(node, "/status").GET().build());
            return answer.statusCode() == 200
                    ? reading(JSON.readTree(answer.body()))
                    : new Reading.Unreachable("/status answers " + answer.statusCode());
        } catch (IOException e) {
            return new Reading.Unreachable("/status can't be read: " + said(e));
        }
    }

    private static Reading reading(JsonNode status) {
        String state = status.path("state").asText();
        if (state.isEmpty()) {
            return new Reading.Unreachable("/status has no state: is it a collaboration server's?");
        }
        return new Reading.Answered(
                state,
                status.path("reason").asText(),
                status.at("/main/connections/current").asInt(),
                status.path("version").asText());
    }

    @Override
    public Optional<String> shed(Node node, double share, String token) {
        String body = String.format(Locale.ROOT, "{\"share\":%.3f}", share);
        try {
            HttpResponse<String> answer = send(request(node, "/admin/shed")
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            return answer.statusCode() / 100 == 2
                    ? Optional.empty()
                    : Optional.of("/admin/shed answers " + answer.statusCode());
        } catch (IOException e) {
            return Optional.of("/admin/shed can't be reached: " + said(e));
        }
    }

    private HttpRequest.Builder request(Node node, String path) {
        String host = node.address().contains(":") ? "[" + node.address() + "]" : node.address();
        return HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path))
                .timeout(DEADLINE)
                .header("Accept", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
