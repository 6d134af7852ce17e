package io.collabcluster.cluster.adapter;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.socketio.Adapter;
import io.collabcluster.socketio.AdapterFactory;
import io.collabcluster.socketio.Namespace;

/**
 * Joins the namespaces of this process to those of the other processes behind a Redis, which may be Node servers with
 * {@code @socket.io/redis-adapter}, and makes them hear emitters. One for a process: the nodes are counted by who hears a
 * namespace's requests.
 */
public final class RedisAdapters implements AdapterFactory {

    private final Bus bus;
    private final Format format;
    private final Names names;
    private final Membership membership;
    private final BusEras eras;
    private final Faults faults = new Faults();

    public RedisAdapters(Bus bus, Format format, Names names, Membership membership) {
        this.bus = bus;
        this.format = format;
        this.names = names;
        this.membership = membership;
        this.eras = new BusEras(bus);
    }

    @Override
    public Adapter create(Namespace namespace) {
        Protocol protocol =
                switch (format) {
                    case CLASSIC -> new ClassicProtocol(namespace.name(), names, Uids.classic());
                    case SHARDED -> new ShardedProtocol(namespace.name(), names, Uids.sharded());
                };
        return new RedisAdapter(namespace, bus, protocol, membership, faults, eras);
    }

    /** How many messages of other processes were dropped, because they are not what their channel is for. */
    public long dropped() {
        return faults.count();
    }
}
