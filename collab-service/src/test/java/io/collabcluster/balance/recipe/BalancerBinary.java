package io.collabcluster.balance.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** nginx or HAProxy as this machine has it; where it has none, the test is skipped and says so. */
public final class BalancerBinary {

    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)");

    private final Product product;
    private final Path program;
    private final Path folder;

    private BalancerBinary(Product product, Path program, Path folder) {
        this.product = product;
        this.program = program;
        this.folder = folder;
    }

    public static BalancerBinary of(Product product, Path folder) {
        Optional<Path> found = Stream.of(
                        (System.getenv("PATH") + ":/usr/sbin").split(Pattern.quote(File.pathSeparator)))
                .map(each -> Path.of(each, product.word()))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(
                found.isPresent(),
                "Skipped: it needs " + product.word() + " on the PATH (Debian: "
                        + (product == Product.NGINX ? "nginx libnginx-mod-stream" : "haproxy") + ")");
        assumeTrue(
                product == Product.HAPROXY || Files.isWritable(Path.of("/var/lib/nginx")),
                "Skipped: nginx as it is packaged makes its folders as root only");
        return new BalancerBinary(product, found.orElseThrow(), folder);
    }

    ProductVersion version() throws IOException, InterruptedException {
        Matcher version = VERSION.matcher(said(List.of(program.toString(), "-v"), 0));
        assertThat(version.find()).isTrue();
        return ProductVersion.parse(version.group(1)).orElseThrow();
    }

    /** Fails with what the program says where it doesn't take the configuration. */
    void check(String configuration) throws IOException, InterruptedException {
        Path file = write(configuration);
        String said = said(
                product == Product.NGINX ? nginx(file, "-t") : List.of(program.toString(), "-c", "-f", file.toString()),
                0);
        assertThat(said).as(configuration).doesNotContain("[warn]", "[WARNING]", "[emerg]", "[alert]", "[ALERT]");
    }

    public Process start(String configuration) throws IOException {
        Path file = write(configuration);
        List<String> command =
                product == Product.NGINX ? nginx(file) : List.of(program.toString(), "-db", "-f", file.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("balancer.log").toFile())
                .start();
    }

    private List<String> nginx(Path file, String... more) {
        return Stream.concat(
                        Stream.of(
                                program.toString(),
                                "-e",
                                "stderr",
                                "-g",
                                "daemon off; pid " + folder.resolve("nginx.pid") + ";",
                                "-c",
                                file.toString()),
                        Stream.of(more))
                .toList();
    }

    /** The machine's own log is left alone. */
    private Path write(String configuration) throws IOException {
        return Files.writeString(
                folder.resolve(product.word() + ".conf"),
                configuration.replace(
                        "/var/log/nginx/access.log",
                        folder.resolve("access.log").toString()));
    }

    private String said(List<String> command, int status) throws IOException, InterruptedException {
        Path out = folder.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out);
        assertThat(process.exitValue()).as(said).isEqualTo(status);
        return said;
    }
}
