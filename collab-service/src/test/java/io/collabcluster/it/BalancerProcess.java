package io.collabcluster.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.balance.recipe.BalancerBinary;
import io.collabcluster.balance.recipe.Mode;
import io.collabcluster.balance.recipe.Product;
import io.collabcluster.balance.recipe.RecipeReader;
import io.collabcluster.balance.recipe.RecipeRequest;
import io.collabcluster.cluster.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** nginx or HAProxy itself, by one of its recipes, in front of nodes. */
final class BalancerProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String name;
    private final int port;
    private final Path log;
    private final Process process;

    private BalancerProcess(String name, int port, Path log, Process process) {
        this.name = name;
        this.port = port;
        this.log = log;
        this.process = process;
    }

    /** Started, and it answers. @param folder for its files, in a folder of their own */
    static BalancerProcess start(Path folder, Product product, Mode mode, boolean tcp, List<ClusterNode> nodes)
            throws IOException, InterruptedException {
        String name = product.word() + '-' + mode.word() + (tcp ? "-tcp" : "");
        Path own = Files.createTempDirectory(folder, name);
        int port = FreePorts.next();
        var process = BalancerBinary.of(product, own).start(recipe(product, mode, tcp, port, nodes));
        var balancer = new BalancerProcess(name, port, own.resolve("balancer.log"), process);
        try {
            await().atMost(ServerProcess.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> balancer.answers() || !process.isAlive());
            assertThat(process.isAlive()).as(balancer::output).isTrue();
            return balancer;
        } catch (RuntimeException | AssertionError e) {
            balancer.close();
            throw e;
        }
    }

    private static String recipe(Product product, Mode mode, boolean tcp, int port, List<ClusterNode> nodes)
            throws IOException, InterruptedException {
        List<String> backends = new ArrayList<>();
        for (ClusterNode node : nodes) {
            backends.add(nodeThatOpens(node.port(), "any") + "=127.0.0.1:" + node.port());
        }
        var request = new RecipeRequest(
                product,
                Optional.empty(),
                backends,
                mode,
                tcp,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of("127.0.0.1:" + port),
                OptionalInt.empty());
        RecipeReader.Result result = RecipeReader.read(request);
        assertThat(result).isInstanceOf(RecipeReader.Valid.class);
        return ((RecipeReader.Valid) result).recipe().text();
    }

    private boolean answers() throws InterruptedException {
        try {
            return get(port, "/status/live").contains("\"state\"");
        } catch (IOException e) {
            return false;
        }
    }

    private static String get(int port, String target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HTTP.send(request, BodyHandlers.ofString()).body();
    }

    /** Opens a session there. @return the id of the node that has it: the session id's first 4 characters */
    static String nodeThatOpens(int port, String key) throws IOException, InterruptedException {
        String open = get(port, "/socket.io/?EIO=4&transport=polling&key=" + key);
        assertThat(open).startsWith("0{");
        return new JsonObject(open.substring(1)).getString("sid").substring(0, 4);
    }

    /** Product and mode, with {@code -tcp} where it passes connections on. */
    String name() {
        return name;
    }

    int port() {
        return port;
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
