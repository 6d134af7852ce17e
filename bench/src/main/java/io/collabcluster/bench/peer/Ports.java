package io.collabcluster.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports to listen on. */
final class Ports {

    /** Below those that the kernel gives to connecting sockets: among thousands of clients a port must be free again. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    /** @param first 0: free ones that follow each other */
    static List<InetSocketAddress> from(int first, int count) {
        if (first != 0) {
            return addresses(first, count);
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            var addresses = addresses(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST), count);
            if (addresses.stream().allMatch(Ports::free)) {
                return addresses;
            }
        }
        throw new PeerFailure("No " + count + " free ports were found from " + LOWEST + " to " + HIGHEST + ".");
    }

    private static List<InetSocketAddress> addresses(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .toList();
    }

    private static boolean free(InetSocketAddress address) {
        try (var socket = new ServerSocket()) {
            socket.bind(address);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
