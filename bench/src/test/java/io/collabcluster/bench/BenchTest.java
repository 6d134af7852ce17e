package io.collabcluster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.report.Absence;
import io.collabcluster.bench.report.Failure;
import io.collabcluster.bench.report.Metric;
import io.collabcluster.bench.report.Results;
import io.collabcluster.bench.report.ResultsFile;
import io.collabcluster.bench.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchTest {

    private static final Peer A = FakePeer.present("a", "Server A");
    private static final Peer BB = FakePeer.present("bb", "Server B");

    private final List<String> diary = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private List<Scenario> scenarios = List.of(scenario("fan"), scenario("echo"));
    private List<Peer> peers = List.of(A, BB);
    private Optional<OpenFiles> openFiles = Optional.of(new OpenFiles(1_024, 524_288));

    @Test
    void runsAreInterleavedAndEachRoundBeginsWithTheNextPeer() {
        assertThat(bench("--runs", "2")).isZero();

        assertThat(diary)
                .containsExactly(
                        "1 fan a", "1 fan bb", "1 echo a", "1 echo bb", "2 fan bb", "2 fan a", "2 echo bb", "2 echo a");
        assertThat(err.toString())
                .contains("[1/8] run 1 of 2: fan on Server A … ", " s, about ", " left", "[8/8] run 2 of 2");
    }

    @Test
    void theTableHasAGroupPerCaseAndARatioToTheReference() {
        assertThat(bench("--runs", "3")).isZero();

        assertThat(out.toString()).contains("fan: TINY · deliveries · × Server A", "echo: TINY");
        assertThat(out.toString()).containsPattern("Server A +1\\.20 \\(1\\.1–1\\.3\\) +1\\.00 +0");
        assertThat(out.toString()).containsPattern("Server B +2\\.20 \\(2\\.1–2\\.3\\) +1\\.83 +0");
        assertThat(folder.resolve("out/table.md")).content().contains("| Server B | 2.20 (2.1–2.3) | 1.83 | 0 | |");
    }

    @Test
    void oneRunIsEnoughAtTheTinySize() {
        assertThat(bench()).isZero();

        assertThat(diary).hasSize(4);
        assertThat(out.toString()).contains("the figures mean nothing", "Medians of 1 run,");
    }

    @Test
    void aPeerThatCannotRunAScenarioIsLeftOut() {
        peers = List.of(A, FakePeer.present("mute", "Mute"));

        assertThat(bench()).isZero();

        assertThat(diary).containsExactly("1 fan a", "1 echo a");
        assertThat(err.toString()).doesNotContain("Mute");
    }

    @Test
    void aScenariosOwnPeerRunsOnlyThat() {
        Peer own = FakePeer.present("own", "Its own");
        scenarios = List.of(scenario("fan"), new FakeScenario("echo", diary, FakeScenario.STEADY, List.of(own)));

        assertThat(bench("--peers", "a,own")).isZero();

        assertThat(diary).containsExactly("1 fan a", "1 echo a", "1 echo own");
        assertThat(out.toString()).contains("Its own");
    }

    @Test
    void anAbsentPeerIsNamedWithTheReasonAndIsNoFailure() {
        peers = List.of(A, FakePeer.absent("bb", "Server B", "npm is not there: install Node 20"));

        assertThat(bench()).isZero();

        assertThat(err.toString()).contains("Server B ready … absent: npm is not there: install Node 20");
        assertThat(out.toString()).containsPattern("Server B +absent: npm is not there: install Node 20");
    }

    @Test
    void nothingMeasuredIsAFailure() {
        peers = List.of(FakePeer.absent("a", "Server A", "not here"));

        assertThat(bench()).isEqualTo(1);
    }

    @Test
    void aFailingPeerDoesNotEndTheBench() throws IOException {
        scenarios = List.of(scenario("fan", (peer, run) -> {
            if (peer.id().equals("a") && run == 1) {
                throw new PeerFailure("Server A ended with 137\nlast words");
            }
            return FakeScenario.STEADY.figures(peer, run);
        }));

        assertThat(bench("--runs", "2")).isEqualTo(1);

        assertThat(diary).hasSize(4);
        assertThat(err.toString()).contains("FAILED", "last words");
        assertThat(out.toString())
                .containsPattern("Server A +run 1 failed: Server A ended with 137\n")
                .contains("1 of 2 runs");
        assertThat(results().failures().getFirst().reason()).endsWith("last words");
    }

    @Test
    void afterAnUnexpectedFaultTheTraceIsKept() throws IOException {
        scenarios = List.of(scenario("fan", (peer, run) -> {
            throw new IllegalStateException("a fault of the bench");
        }));

        assertThat(bench()).isEqualTo(1);

        assertThat(results().failures().getFirst().reason())
                .startsWith("java.lang.IllegalStateException: a fault of the bench")
                .contains("at io.collabcluster")
                .doesNotContain("picocli");
    }

    @Test
    void lostMessagesAreAFailure() {
        scenarios = List.of(
                scenario("fan", (peer, run) -> Map.of(Metric.LOST, peer.id().equals("bb") ? 7.0 : 0)));

        assertThat(bench()).isEqualTo(1);

        assertThat(err.toString()).contains("LOST 7");
    }

    @Test
    void tooFewOpenFilesAreReportedBeforeTheRun() {
        assertThat(bench("--size", "full")).isEqualTo(2);

        assertThat(diary).isEmpty();
        assertThat(err.toString()).contains("20,000 connections need 20,500 open files", "ulimit -n 20500");
    }

    @Test
    void whereTheSystemTellsNoLimitNothingIsChecked() {
        openFiles = Optional.empty();

        assertThat(bench("--size", "full", "--runs", "1")).isZero();
    }

    @Test
    void onlyWhatIsNamedRuns() {
        assertThat(bench("--scenarios", "echo", "--peers", "bb,a")).isZero();

        assertThat(diary).containsExactly("1 echo a", "1 echo bb");
    }

    @Test
    void theResultsSayHowToRepeatThem() {
        bench("--scenarios", "echo,fan", "--peers", "a", "--runs", "1");

        assertThat(out.toString()).endsWith(": ./collab bench --scenarios echo,fan --peers a --size tiny --runs 1\n");
    }

    @Test
    void anUnknownNameIsAnErrorWithTheKnownOnes() {
        assertThat(bench("--scenarios", "ecko")).isEqualTo(2);
        assertThat(bench("--peers", "c")).isEqualTo(2);

        assertThat(err.toString())
                .contains("There is no scenario \"ecko\". There are: fan, echo")
                .contains("There is no peer \"c\". There are: a, bb")
                .contains("./collab bench --help");
    }

    @Test
    void aWrongSizeOrNumberOfRunsIsAnError() {
        assertThat(bench("--runs", "0")).isEqualTo(2);
        assertThat(bench("--size", "huge")).isEqualTo(2);
    }

    @Test
    void anInterruptedBenchGoesOnWhereItWas() throws IOException {
        scenarios = List.of(scenario("fan", (peer, run) -> {
            if (run == 2) {
                throw new PeerFailure("interrupted");
            }
            return FakeScenario.STEADY.figures(peer, run);
        }));
        bench("--runs", "2", "--peers", "bb");
        diary.clear();
        scenarios = List.of(scenario("fan"), scenario("echo"));

        assertThat(run("--resume", folder.resolve("out/results.json").toString()))
                .isZero();

        assertThat(diary).containsExactly("2 fan bb");
        assertThat(results().samples()).hasSize(2);
        assertThat(results().failures()).isEmpty();
        assertThat(results().machine().build().load()).contains("divided by 100");
    }

    @Test
    void whatIsMeasuredLaterHidesNothingAndStandsInTheTablesOrder() throws IOException {
        scenarios = List.of(scenario("fan"), scenario("echo", (peer, run) -> {
            throw new PeerFailure("not today");
        }));
        peers = List.of(A, FakePeer.absent("bb", "Server B", "not here"));
        bench("--scenarios", "echo");

        String file = folder.resolve("out/results.json").toString();
        assertThat(run("--resume", file, "--scenarios", "fan", "--peers", "a")).isEqualTo(1);

        assertThat(results().scenarios()).containsExactly("fan", "echo");
        assertThat(results().samples()).hasSize(1);
        assertThat(results().failures()).extracting(Failure::scenario).containsExactly("echo");
        assertThat(results().absences()).extracting(Absence::scenario).containsExactly("echo");
        assertThat(results().machine().command().lines().toList())
                .satisfiesExactly(
                        first -> assertThat(first).isEqualTo("./collab bench --scenarios echo --size tiny"),
                        second -> assertThat(second).endsWith(": ./collab bench --resume --scenarios fan --peers a"));
    }

    @Test
    void theTableCanBePrintedAgainWithoutARun() {
        bench("--runs", "2");
        String before = out.toString();
        diary.clear();
        out.getBuffer().setLength(0);

        assertThat(run("--report", folder.resolve("out/results.json").toString()))
                .isZero();

        assertThat(out).hasToString(before);
        assertThat(diary).isEmpty();
    }

    @Test
    void resultsOfAnotherBuildOrLoadAreNotGoneOnWith() throws IOException {
        bench("--runs", "1", "--peers", "a", "--scenarios", "fan");
        diary.clear();
        Path file = folder.resolve("out/results.json");
        String text = Files.readString(file);
        Files.writeString(
                file,
                text.replaceAll("\"commit\" : \"[^\"]*\"", "\"commit\" : \"other\"")
                        .replace("divided by 100", "divided by 50"));

        assertThat(run("--resume", file.toString(), "--runs", "2")).isEqualTo(2);

        assertThat(diary).isEmpty();
        assertThat(err.toString())
                .contains("measured on something else", "  commit: other; now ", "  load: ")
                .doesNotContain("  server: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "kernel", "jdk", "node"})
    void resultsOfAnotherMachineOrVersionAreNotGoneOnWith(String field) throws IOException {
        bench("--runs", "1", "--peers", "a", "--scenarios", "fan");
        diary.clear();
        Path file = folder.resolve("out/results.json");
        String before = Files.readString(file);
        String after = before.replaceFirst("\"" + field + "\" : \"[^\"]*\"", "\"" + field + "\" : \"other\"");
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);

        assertThat(run("--resume", file.toString(), "--runs", "2")).isEqualTo(2);

        assertThat(diary).isEmpty();
        assertThat(err.toString()).contains("on another machine, or with another kernel, JDK or Node.js:");
    }

    @Test
    void resultsOfAnUnknownSizeAreNotGoneOnWith() throws IOException {
        bench("--runs", "1", "--peers", "a", "--scenarios", "fan");
        Path file = folder.resolve("out/results.json");
        Files.writeString(file, Files.readString(file).replace("\"size\" : \"tiny\"", "\"size\" : \"huge\""));

        assertThat(run("--resume", file.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("a size that is not known here: huge");
    }

    @Test
    void resultsThatAreThereAreNotWrittenOver() {
        bench("--runs", "1");
        diary.clear();

        assertThat(bench("--runs", "1")).isEqualTo(2);

        assertThat(diary).isEmpty();
        assertThat(err.toString()).contains("There are results in ", "--resume ", "another folder with --out");
    }

    @Test
    void docsThatCannotTakeTheResultsAreReportedBeforeTheRun() {
        assertThat(bench("--docs", folder.resolve("nowhere").toString())).isEqualTo(1);

        assertThat(diary).isEmpty();
        assertThat(err.toString()).contains("There is no page ");
    }

    @Test
    void aFileThatIsNoneOfTheBenchIsAnError() {
        assertThat(run("--report", folder.resolve("none.json").toString())).isEqualTo(1);

        assertThat(err.toString()).contains("There is no file", "none.json");
    }

    @Test
    void theListHasTheNames() {
        assertThat(run("--list")).isZero();

        assertThat(out.toString()).contains("  fan   Made-up figures of fan\n", "  bb  Server B\n");
    }

    @Test
    void theHelpHasExamples() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("Usage: ./collab bench [options]", "./collab bench --size tiny");
    }

    private Scenario scenario(String id) {
        return scenario(id, FakeScenario.STEADY);
    }

    private Scenario scenario(String id, FakeScenario.Behaviour behaviour) {
        return new FakeScenario(id, diary, behaviour, List.of());
    }

    private Results results() throws IOException {
        return ResultsFile.read(folder.resolve("out/results.json"));
    }

    /** At the tiny size, unless the options say otherwise. */
    private int bench(String... options) {
        List<String> given = List.of(options);
        Stream<String> size = given.contains("--size") ? Stream.empty() : Stream.of("--size", "tiny");
        Stream<String> always = Stream.of("--out", folder.resolve("out").toString());
        return run(Stream.of(given.stream(), size, always).flatMap(each -> each).toArray(String[]::new));
    }

    private int run(String... options) {
        CommandLine line = Bench.commandLine(new Bench(Catalog.of(scenarios, peers), openFiles));
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(options);
    }
}
