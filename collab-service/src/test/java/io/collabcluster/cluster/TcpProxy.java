package io.collabcluster.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/** Stands between a client and a server of a test, and can make what is between them go away. */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 16_384;

    private final ServerSocket listener;
    private final int target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean silent;
    private volatile int bytesPerSecond = Integer.MAX_VALUE;

    public TcpProxy(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on nothing passes, and nothing is closed, on the connections that there are and on new ones. */
    public void blackHole() {
        silent = true;
    }

    /** New connections work again; those that there were stay silent. */
    public void heal() {
        silent = false;
    }

    /** From now on, what the server sends takes its time. */
    public void slow(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                if (!silent) {
                    connect(client);
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(server);
            var lost = new Lost();
            Thread.ofVirtual().start(() -> pump(client, server, lost, () -> Integer.MAX_VALUE));
            Thread.ofVirtual().start(() -> pump(server, client, lost, () -> bytesPerSecond));
        } catch (IOException _) {
            client.close();
        }
    }

    /** Whether a connection has met the black hole: what it lost does not come later. */
    private static final class Lost {
        private volatile boolean something;
    }

    private static int read(Socket from, byte[] buffer, IntSupplier rate) throws IOException {
        return from.getInputStream().read(buffer, 0, Math.min(buffer.length, rate.getAsInt() / 20));
    }

    private void pump(Socket from, Socket to, Lost lost, IntSupplier rate) {
        var buffer = new byte[BUFFER];
        try (from;
                to) {
            for (int read = read(from, buffer, rate); read >= 0; read = read(from, buffer, rate)) {
                lost.something |= silent;
                if (!lost.something) {
                    to.getOutputStream().write(buffer, 0, read);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(read) / rate.getAsInt());
                }
            }
        } catch (IOException _) {
            // One side is gone, and the other goes with it.
        }
    }
}
