package io.collabcluster.collab.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The Postgres programs that come with the server, unpacked inside the data folder: nowhere else, so that nobody but the
 * folder's owner could put others in their place. A folder is complete once it has its name.
 */
final class PostgresBinaries {

    private static final String PREFIX = "postgres-";

    private PostgresBinaries() {}

    /** The folder that has {@code bin/postgres}. */
    static Path unpack(Path folder) throws IOException {
        byte[] archive = archive();
        Path home = folder.resolve(PREFIX + digest(archive));
        if (Files.isDirectory(home)) {
            return home;
        }
        for (Path old : leftovers(folder)) {
            delete(old);
        }
        Path unfinished = folder.resolve(PREFIX + "unfinished");
        try {
            unpack(archive, unfinished);
        } catch (IOException e) {
            delete(unfinished);
            throw e;
        }
        return Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] archive() throws IOException {
        String system = System.getProperty("os.name");
        String machine = System.getProperty("os.arch");
        String resource =
                switch (machine) {
                    case "amd64" -> "postgres-linux-x86_64.txz";
                    case "aarch64" -> "postgres-linux-arm_64.txz";
                    default -> "";
                };
        try (InputStream stream = PostgresBinaries.class.getClassLoader().getResourceAsStream(resource)) {
            if (!system.equals("Linux") || resource.isEmpty() || stream == null) {
                throw new EmbeddedPostgresException("there is no embedded Postgres for " + system + " on " + machine
                        + ": install Postgres, and name it in dataSource of config.json");
            }
            return stream.readAllBytes();
        }
    }

    private static void unpack(byte[] archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(target.resolve(entry.getLinkName()).normalize(), path);
                } else {
                    Files.copy(tar, path);
                }
                if (!entry.isSymbolicLink()
                        && path.getParent().endsWith("bin")
                        && !path.toFile().setExecutable(true)) {
                    throw new IOException(path + " can't be made executable");
                }
            }
        }
    }

    private static List<Path> leftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String digest(byte[] archive) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
