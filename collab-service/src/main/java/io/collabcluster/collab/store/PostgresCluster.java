package io.collabcluster.collab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** The data of the embedded Postgres: made by initdb once, complete as soon as it has its name. */
final class PostgresCluster {

    /** The major version whose data files the programs read. */
    private static final String MAJOR = "17";

    private static final Duration INITDB = Duration.ofSeconds(120);

    private final Path folder;
    private final Path data;
    private final PostgresPrograms programs;

    PostgresCluster(Path folder, Path data, PostgresPrograms programs) {
        this.folder = folder;
        this.data = data;
        this.programs = programs;
    }

    /** Makes it where there is none; answers the password of that superuser. */
    String create(String user) throws IOException, InterruptedException {
        Path passwordFile = folder.resolve("password");
        if (!Files.isDirectory(data)) {
            writePassword(passwordFile);
            initdb(user, passwordFile);
        }
        String version = Files.readString(data.resolve("PG_VERSION")).strip();
        if (!version.equals(MAJOR)) {
            throw new EmbeddedPostgresException("the data in " + data + " is of Postgres " + version
                    + ", and this server has Postgres " + MAJOR
                    + ": move it over with pg_dump, or give another dataFolder");
        }
        return Files.readString(passwordFile).strip();
    }

    private static void writePassword(Path file) throws IOException {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
    }

    private void initdb(String user, Path passwordFile) throws IOException, InterruptedException {
        Path unfinished = folder.resolve("db-unfinished");
        PostgresBinaries.delete(unfinished);
        long logged = programs.logSize();
        boolean made = programs.run(
                "initdb",
                List.of(
                        "-D",
                        unfinished.toString(),
                        "-U",
                        user,
                        "--pwfile=" + passwordFile,
                        "-A",
                        "scram-sha-256",
                        "-E",
                        "UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--data-checksums"),
                INITDB);
        if (!made) {
            PostgresBinaries.delete(unfinished);
            throw failed("initdb can't make the database", folder, programs.said(logged));
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    static EmbeddedPostgresException failed(String what, Path folder, String said) {
        if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
            return new EmbeddedPostgresException(
                    what + ": the disk of the data folder " + folder + " is full: free at least 200 MB there");
        }
        if (said.contains("unshare")) {
            return new EmbeddedPostgresException(what + ": Postgres does not run as root, and this system does not let"
                    + " root give its powers up (" + said + "): run the server as another user");
        }
        return new EmbeddedPostgresException(
                what + " in " + folder + ": " + said + " (all of it: " + folder.resolve("postgres.log") + ")");
    }
}
