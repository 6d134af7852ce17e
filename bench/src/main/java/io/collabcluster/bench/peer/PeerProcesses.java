package io.collabcluster.bench.peer;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A peer that is made of processes: started one after the other, then {@linkplain #ready awaited} together. */
final class PeerProcesses implements RunningPeer {

    /** The folders go too, when the bench is interrupted. */
    private static final Set<PeerProcesses> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(PeerProcesses::kill), "end of the peers"));
    }

    private final String name;
    private final ProcFs proc = ProcFs.system();
    private final ScratchFolder folder = ScratchFolder.create();
    private final List<InetSocketAddress> addresses = new CopyOnWriteArrayList<>();
    private final List<ServerProcess> servers = new CopyOnWriteArrayList<>();
    private final List<ServerProcess> companions = new CopyOnWriteArrayList<>();

    private PeerProcesses(String name) {
        this.name = name;
    }

    /**
     * @param starting calls {@link #companion} and {@link #server}
     * @throws PeerFailure when a process ended, or took no connection within a minute; then all are gone
     */
    static RunningPeer start(String name, Consumer<PeerProcesses> starting) {
        var peer = new PeerProcesses(name);
        boolean ready = false;
        RUNNING.add(peer);
        try {
            starting.accept(peer);
            peer.ready();
            ready = true;
            return peer;
        } finally {
            if (!ready) {
                peer.kill();
            }
        }
    }

    /** For files that the processes need. */
    ScratchFolder folder() {
        return folder;
    }

    /** A process that the servers share, which is no part of what they take; returns when it takes connections. */
    void companion(List<String> command, InetSocketAddress address) {
        var companion = ServerProcess.start(
                name + "'s companion", command, folder.file("companion-" + companions.size() + ".log"));
        companions.add(companion);
        Readiness.CONNECTION.await(companion, address);
    }

    void server(List<String> command, InetSocketAddress address) {
        servers.add(ServerProcess.start(name, command, folder.file("server-" + servers.size() + ".log")));
        addresses.add(address);
    }

    private void ready() {
        for (int i = 0; i < servers.size(); i++) {
            Readiness.SESSION.await(servers.get(i), addresses.get(i));
        }
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    @Override
    public Usage usage() {
        companions.forEach(ServerProcess::check);
        return servers.stream().map(server -> server.usage(proc)).reduce(Usage.NONE, Usage::plus);
    }

    /** Nothing but a Redis is a companion so far. */
    @Override
    public Optional<Usage> redis() {
        return companions.stream().map(companion -> companion.usage(proc)).reduce(Usage::plus);
    }

    @Override
    public void kill() {
        servers.forEach(ServerProcess::kill);
        companions.forEach(ServerProcess::kill);
        folder.delete();
        RUNNING.remove(this);
    }

    @Override
    public void close() {
        servers.forEach(ServerProcess::end);
        companions.forEach(ServerProcess::end);
        folder.delete();
        RUNNING.remove(this);
    }
}
