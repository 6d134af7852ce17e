package io.collabcluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessOptions;
import io.collabcluster.access.Authenticator.Credentials;
import io.collabcluster.access.Identity;
import io.collabcluster.access.JwtAuthenticator;
import io.collabcluster.config.CollabConfig;
import io.collabcluster.config.ConfigReader;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private static final String SECRET = "a secret of at least thirty-two characters";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final List<CollabConfig> served = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String in = "";

    @Test
    void aConfigurationIsCheckedAndShownWithoutItsSecrets() throws IOException {
        Path file = config("{\"port\":4000,\"access\":{\"jwtSecret\":\"" + SECRET + "\"}}");

        assertThat(run("check", file.toString())).isZero();
        assertThat(out.toString())
                .startsWith("ok\n")
                .containsPattern("port +4000 +.*config.json:1:9")
                .containsPattern("access.jwtSecret +\\*\\*\\* ")
                .doesNotContain(SECRET);
    }

    @Test
    void theFaultsOfAConfigurationAreATableAndExitStatus2() throws IOException {
        Path file = config("{\"prot\":4000,\"logging\":1}");

        assertThat(run("check", file.toString())).isEqualTo(2);
        assertThat(out.toString())
                .startsWith("The configuration has 2 faults:\n")
                .containsPattern("config.json:1:9 +prot +there is no such key +perhaps \"port\"")
                .containsPattern("config.json:1:24 +logging +got 1 +true or false");
    }

    @Test
    void everyDefaultIsSaidToBeOne() throws IOException {
        assertThat(run("check", config("{}").toString())).isZero();
        assertThat(out).hasToString("ok\nEverything is at its default.\n");
    }

    @Test
    void serveStartsNothingWithFaultsInTheConfiguration() throws IOException {
        assertThat(run("serve", config("{\"port\":\"x\"}").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("one fault", "got \"x\"");
        assertThat(served).isEmpty();
    }

    @Test
    void serveRunsTheConfigurationAndWarnsThatNobodyIsAuthenticated() throws IOException {
        assertThat(run("serve", config("{\"port\":4000}").toString())).isZero();

        assertThat(served).singleElement().satisfies(config -> assertThat(config.port())
                .isEqualTo(4000));
        assertThat(err.toString()).contains("WARNING: nobody is authenticated", "0.0.0.0:4000", "access.jwtSecret");
    }

    @Test
    void serveWithoutAFileTakesTheEnvironmentAndTheDefaults() {
        environment.put("COLLAB_PORT", "4001");
        environment.put("COLLAB_ACCESS_JWTSECRET", SECRET);

        assertThat(run("serve")).isZero();
        assertThat(served).singleElement().satisfies(config -> assertThat(config.port())
                .isEqualTo(4001));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aServerThatCantStartSaysWhyAndWhatToDoOnTwoLines() {
        StringWriter said = new StringWriter();
        CommandLine commandLine = Main.commandLine(new CollabCommand(environment, input(), _ -> {
            throw new StartFailure("port 3000 is in use", "set another port");
        }));
        commandLine.setErr(new PrintWriter(said, true));

        assertThat(commandLine.execute("serve")).isEqualTo(1);
        assertThat(said.toString())
                .endsWith("The server can't start: port 3000 is in use.\nWhat to do: set another port.\n")
                .doesNotContain("\tat ");
    }

    @Test
    void aTokenIsAllThatIsPrintedAndTheServerTakesIt() throws IOException {
        Path file = config("{\"access\":{\"jwtSecret\":\"" + SECRET + "\",\"issuer\":\"me\",\"audience\":\"collab\"}}");

        int status = run("token", "--user", "ann", "--name", "Ann A.", "--group", "admin", "--config", file.toString());

        assertThat(status).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n");
        Identity ann = signIn(file, out.toString().strip());
        assertThat(ann.userId()).isEqualTo("ann");
        assertThat(ann.name()).isEqualTo("Ann A.");
        assertThat(ann.isAdmin()).isTrue();
    }

    @Test
    void theSecretMayComeFromAFileOrTheEnvironment() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        assertThat(run("token", "--user", "ann", "--secret-file", secret.toString()))
                .isZero();
        environment.put("COLLAB_ACCESS_JWTSECRET", SECRET);

        assertThat(run("token", "--user", "ann")).isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void withoutASecretThereIsNoTokenButAWayToOne() {
        assertThat(run("token", "--user", "ann")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--config", "--secret-file", "COLLAB_ACCESS_JWTSECRET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "8761", "-1"})
    void aTokenIsGoodForAYearAtMost(String hours) {
        assertThat(run("token", "--user", "ann", "--hours", hours)).isEqualTo(2);
        assertThat(err.toString()).contains("1 to 8760");
    }

    @Test
    void aPasswordIsEncryptedFromTheStandardInputAndReadBack() throws IOException {
        in = "pässword\n";
        Path key = folder.resolve("db.key");

        assertThat(run("encrypt", "--key-file", key.toString())).isZero();
        assertThat(err.toString()).contains("Made the key file");
        Path file = config(
                "{\"dataSource\":{\"password\":\"" + out.toString().strip() + "\",\"encryptionKeyFile\":\"db.key\"}}");
        assertThat(run("check", file.toString())).isZero();
    }

    @Test
    void anEmptyPasswordMakesNoKey() {
        Path key = folder.resolve("db.key");

        assertThat(run("encrypt", "--key-file", key.toString())).isEqualTo(2);
        assertThat(key).doesNotExist();
    }

    @Test
    void aKeyFileInAFolderThatIsntThereIsSaidSo() {
        in = "x\n";

        assertThat(run("encrypt", "--key-file", folder.resolve("none/db.key").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("The key file can't be used: there is no folder", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check", "token", "encrypt", "balance"})
    void everyCommandHasHelpWithAnExample(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: collab " + command, "Example")
                .contains("  collab " + command);
    }

    @Test
    void aBalancersConfigurationIsAllThatIsPrinted() {
        assertThat(run("balance", "nginx", "--nodes", "10.0.0.1:3000,10.0.0.2:3000", "--mode", "cookie"))
                .isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .startsWith("# ")
                .contains("server 10.0.0.2:3000")
                .endsWith("}\n");
    }

    @Test
    void whatMakesNoSenseAtABalancerIsRefused() {
        assertThat(run("balance", "haproxy", "--nodes", "10.0.0.1:3000", "--mode", "cookie", "--tcp"))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("use --mode ip or leastconn with --tcp");
        assertThat(run("balance", "apache", "--nodes", "10.0.0.1:3000", "--mode", "ip"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("apache");
    }

    @Test
    void aWrongCommandIsSaidWithTheNearest() {
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(err.toString()).contains("Did you mean: collab serve");
    }

    @Test
    void theVersionIsTheBuilds() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("Collab Cluster \\d+\\.\\d+\\.\\d+.*\n");
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine(new CollabCommand(environment, input(), served::add));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private ByteArrayInputStream input() {
        return new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8));
    }

    private Path config(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }

    private static Identity signIn(Path file, String token) {
        AccessOptions access = ((ConfigReader.Valid) ConfigReader.read(Optional.of(file), Map.of()))
                .config()
                .access();
        Vertx vertx = Vertx.vertx();
        try {
            return new JwtAuthenticator(access, vertx)
                    .authenticate(new Credentials(Optional.of(token), Optional.empty()))
                    .await()
                    .atMost(Duration.ofSeconds(20));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
