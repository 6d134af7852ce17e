package io.collabcluster.collab.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a data folder for one process. The kernel gives it back when the process ends, however it ends. */
final class FolderLock implements AutoCloseable {

    private static final String FILE = "lock";

    private final FileChannel channel;
    private final String held;

    private FolderLock(FileChannel channel, String held) {
        this.channel = channel;
        this.held = held;
    }

    /**
     * Within the process the folder is marked in the system properties, which all class loaders share: the kernel's lock
     * does not hold against one's own process, and would end as soon as anyone in it closed the file.
     */
    static FolderLock take(Path folder) throws IOException {
        String mark = "collab.dataFolder." + folder.toRealPath();
        if (System.getProperties().putIfAbsent(mark, "held") != null) {
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        }
        FolderLock taken = null;
        try {
            taken = new FolderLock(channel(folder), mark);
            return taken;
        } finally {
            if (taken == null) {
                System.getProperties().remove(mark);
            }
        }
    }

    private static FileChannel channel(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw inUse(folder, Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static EmbeddedPostgresException inUse(Path folder, String pid) {
        return new EmbeddedPostgresException("the data folder " + folder + " is in use by the process " + pid
                + ": stop that server, or give this one another dataFolder");
    }

    @Override
    public void close() throws IOException {
        System.getProperties().remove(held);
        channel.close();
    }
}
