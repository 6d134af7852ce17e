package io.collabcluster.bench.peer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The bench's Node programs, with the libraries that npm gets for them. */
final class NodeInstallation {

    private static final int VERSION_WANTED = 20;
    private static final String LOCK_FILE = "package-lock.json";

    private final String searchPath;
    private final Path sources;
    private final Path target;

    /** @param searchPath folders that programs are looked for in, as in the variable PATH */
    NodeInstallation(String searchPath, Path sources, Path target) {
        this.searchPath = searchPath;
        this.sources = sources;
        this.target = target;
    }

    static NodeInstallation here() {
        var folders = BenchFolders.here();
        return new NodeInstallation(
                System.getenv().getOrDefault("PATH", ""), folders.nodeSources(), folders.nodeInstallation());
    }

    /** Installs what is missing or has changed; says why that can't be. */
    synchronized Optional<String> absence() {
        Optional<Path> node = find("node").filter(NodeInstallation::isRecent);
        Optional<Path> npm = find("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            return Optional.of((node.isEmpty() ? "Node " + VERSION_WANTED + " or later" : "npm")
                    + " is not on the PATH: install it, as for the page's build");
        }
        try {
            Files.createDirectories(target);
            // Two benches may run at once.
            try (var file = FileChannel.open(
                            target.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = file.lock()) {
                return lock.isValid() ? install(npm.get()) : Optional.of("no lock");
            }
        } catch (IOException e) {
            return Optional.of("its Node programs can't be installed in " + target + ": " + e);
        }
    }

    /** The start of a command line that runs a program with its libraries. */
    List<String> command(String program) {
        return List.of(
                find("node").orElseThrow().toString(), target.resolve(program).toString());
    }

    private Optional<String> install(Path npm) throws IOException {
        Path installed = target.resolve("node_modules").resolve(".installed");
        String wanted = Files.readString(sources.resolve(LOCK_FILE));
        copySources();
        if (Files.exists(installed) && Files.readString(installed).equals(wanted)) {
            return Optional.empty();
        }
        var run = CommandRun.of(
                List.of(npm.toString(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"),
                target);
        if (!run.succeeded()) {
            return Optional.of("npm ci failed in " + target + ": " + run.end());
        }
        Files.writeString(installed, wanted);
        return Optional.empty();
    }

    private void copySources() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(sources)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Optional<Path> find(String program) {
        return Stream.of(searchPath.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRecent(Path node) {
        var run = CommandRun.of(List.of(node.toString(), "--version"), Path.of("."));
        return run.succeeded()
                && run.output().matches("v\\d+\\..*")
                && Integer.parseInt(run.output().substring(1, run.output().indexOf('.'))) >= VERSION_WANTED;
    }
}
