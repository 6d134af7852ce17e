package io.collabcluster.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Passes TCP connections on to ports of 127.0.0.1: to several in turn, without affinity, as the simplest balancer does.
 * Can cut and hold them, as a network does.
 */
final class TcpProxy implements AutoCloseable {

    private enum Mode {
        PASSING,
        CUT,
        HELD
    }

    private final ServerSocket listener;
    private final Map<Integer, AtomicInteger> taken;
    private final List<Integer> targets;
    private final AtomicInteger turn = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Mode mode = Mode.PASSING;

    private TcpProxy(List<Integer> targets) {
        this.targets = targets;
        taken = targets.stream().collect(Collectors.toMap(target -> target, _ -> new AtomicInteger()));
        try {
            listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    static TcpProxy to(List<Integer> ports) {
        return new TcpProxy(List.copyOf(ports));
    }

    static TcpProxy to(int port) {
        return to(List.of(port));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that this target has taken so far. */
    int taken(int target) {
        return taken.get(target).get();
    }

    /** Ends every connection, and each new one at once. */
    void cut() {
        become(Mode.CUT);
        open.forEach(TcpProxy::reset);
    }

    /** Nobody hears anything anymore, and no connection ends: what is sent arrives after {@link #restore}. */
    void hold() {
        become(Mode.HELD);
    }

    void restore() {
        become(Mode.PASSING);
    }

    private synchronized void become(Mode next) {
        mode = next;
        notifyAll();
    }

    /** Waits while everything is held. */
    private synchronized boolean passes() {
        while (mode == Mode.HELD) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return mode == Mode.PASSING;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                open.add(client);
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        Optional<Socket> target = passes() ? connect() : Optional.empty();
        if (target.isEmpty()) {
            reset(client);
            open.remove(client);
            return;
        }
        open.add(target.get());
        Thread.startVirtualThread(() -> pump(target.get(), client));
        pump(client, target.get());
    }

    /** The next target that is there. */
    private Optional<Socket> connect() {
        for (int i = 0; i < targets.size(); i++) {
            int target = targets.get(Math.floorMod(turn.getAndIncrement(), targets.size()));
            try {
                var socket = new Socket(InetAddress.getLoopbackAddress(), target);
                taken.get(target).incrementAndGet();
                return Optional.of(socket);
            } catch (IOException e) {
                // Not this one: it is down.
            }
        }
        return Optional.empty();
    }

    private void pump(Socket from, Socket to) {
        var buffer = new byte[16_384];
        try {
            from.setTcpNoDelay(true);
            for (int read = from.getInputStream().read(buffer); read >= 0 && passes(); ) {
                to.getOutputStream().write(buffer, 0, read);
                read = from.getInputStream().read(buffer);
            }
            close(from);
            close(to);
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
        open.remove(from);
        open.remove(to);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody is there to be told.
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
