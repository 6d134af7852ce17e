package io.collabcluster.collab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs initdb, postgres and pg_ctl. Postgres refuses to run as root, so root runs them in a user namespace without its powers. */
final class PostgresPrograms {

    private final Path home;
    private final Path log;

    /** @param log where all of them write to */
    PostgresPrograms(Path home, Path log) {
        this.home = home;
        this.log = log;
    }

    Process start(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Whether it ended well in time. */
    boolean run(String program, List<String> arguments, Duration deadline) throws IOException, InterruptedException {
        Process process = start(program, arguments);
        if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
            return process.exitValue() == 0;
        }
        process.destroyForcibly();
        return false;
    }

    long logSize() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    /** What was written to the log since it had that size, in one line, the errors of Postgres only where there are some. */
    String said(long since) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        byte[] all = Files.readAllBytes(log);
        String text = new String(all, (int) Math.min(since, all.length), (int) Math.max(0, all.length - since));
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        List<String> errors = lines.stream()
                .filter(line -> line.matches(".*(FATAL|PANIC|ERROR|error|HINT|detail|cannot|unshare).*"))
                .toList();
        List<String> shown = errors.isEmpty() ? lines : errors;
        return String.join("; ", shown.subList(Math.max(0, shown.size() - 3), shown.size()));
    }
}
