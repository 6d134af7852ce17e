package io.collabcluster.bench.posts;

import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.PeerFailure;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** Postgres' own load generator: what posts would cost with no server between the author and the database. */
public final class Pgbench implements Peer {

    public static final String ID = "pgbench";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String name() {
        return "pgbench";
    }

    @Override
    public boolean polling() {
        return false;
    }

    @Override
    public Optional<String> absence() {
        return PgbenchProgram.find().isPresent() ? Optional.empty() : Optional.of(PgbenchProgram.ABSENCE);
    }

    /** It is no server, and can't be started as one. */
    @Override
    public RunningPeer start(StartOptions options) {
        throw new UnsupportedOperationException("pgbench is no server");
    }

    /** Posts for some time, then for some time more, which is measured. The database has the schema. */
    public Measured measure(
            TemporaryPostgres postgres, PostStatement statement, Workload workload, Duration warmUp, Duration time) {
        try {
            Path folder = Files.createTempDirectory("collab-bench-pgbench");
            try {
                Path script = Files.writeString(folder.resolve("post.sql"), statement.script(workload));
                long before = run(postgres, script, workload, warmUp, List.of()).transactions();
                Path log = folder.resolve("log");
                var report = run(postgres, script, workload, time, List.of("--log", "--log-prefix=" + log));
                return new Measured(
                        report.rate(),
                        report.cpuSeconds(),
                        report.transactions(),
                        latencies(folder),
                        OptionalLong.empty(),
                        OptionalDouble.empty(),
                        before + report.transactions());
            } finally {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PgbenchReport run(
            TemporaryPostgres postgres, Path script, Workload workload, Duration time, List<String> more)
            throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; code=$?; times; exit $code", "sh"));
        command.add(PgbenchProgram.find().orElseThrow().toString());
        command.addAll(List.of("-n", "-M", "prepared", "-j", "2", "-f", script.toString()));
        command.addAll(List.of("-c", Integer.toString(workload.authors()), "-T", Long.toString(time.toSeconds())));
        command.addAll(List.of("-D", "name=" + Workload.AUTHOR_NAME, "-D", "text=" + Workload.TEXT));
        command.addAll(List.of("-D", "bytes=" + Workload.TEXT.length()));
        command.addAll(more);
        command.addAll(List.of("-h", TemporaryPostgres.HOST, "-p", Integer.toString(postgres.port())));
        command.addAll(List.of("-U", TemporaryPostgres.USER, TemporaryPostgres.DATABASE));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new PeerFailure("pgbench failed:\n" + output);
        }
        return PgbenchReport.parse(output);
    }

    /** A line per transaction, with its microseconds in the third place; a file per thread. */
    private static Histogram latencies(Path folder) throws IOException {
        var latencies = new Histogram(Measured.LONGEST_NANOS, Measured.DIGITS);
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(file -> file.getFileName().toString().startsWith("log"))
                    .toList()) {
                try (Stream<String> lines = Files.lines(log)) {
                    lines.forEach(line -> latencies.recordValue(Long.parseLong(line.split(" ", 4)[2]) * 1000));
                }
            }
        }
        return latencies;
    }
}
