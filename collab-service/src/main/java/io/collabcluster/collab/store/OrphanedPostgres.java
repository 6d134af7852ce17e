package io.collabcluster.collab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a server that was killed leaves behind: its Postgres goes on, or its pid file names a process that is gone or is
 * another one by now. Only called by the holder of the {@link FolderLock}.
 */
final class OrphanedPostgres {

    private static final Logger LOG = Logger.getLogger(OrphanedPostgres.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path data;
    private final PostgresPrograms programs;

    OrphanedPostgres(Path data, PostgresPrograms programs) {
        this.data = data;
        this.programs = programs;
    }

    void stop() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        Optional<ProcessHandle> postmaster = postmaster(pidFile);
        if (postmaster.isPresent()) {
            LOG.infof(
                    "stopping the Postgres (process %d) that a killed server left running on %s",
                    postmaster.get().pid(), data);
            programs.run("pg_ctl", List.of("-D", data.toString(), "stop", "-m", "fast", "-t", "20", "-w"), PATIENCE);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ProcessHandle.allProcesses().anyMatch(this::isOurs)) {
            if (System.nanoTime() > deadline) {
                throw new EmbeddedPostgresException("a Postgres that a killed server left running on " + data
                        + " does not stop: end the process in " + pidFile + " by hand");
            }
            Thread.sleep(50);
        }
        // Postgres would take any living process with that id for its own, and refuse to start.
        Files.deleteIfExists(pidFile);
    }

    private Optional<ProcessHandle> postmaster(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        String pid = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        return pid.matches("[0-9]{1,9}")
                ? ProcessHandle.of(Long.parseLong(pid)).filter(this::isOurs)
                : Optional.empty();
    }

    /** A process of Postgres works in its data folder. */
    private boolean isOurs(ProcessHandle process) {
        try {
            Path directory = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
            return directory.equals(data.toRealPath())
                    && process.info()
                            .command()
                            .filter(command -> command.endsWith("/postgres"))
                            .isPresent();
        } catch (IOException e) {
            return false;
        }
    }
}
