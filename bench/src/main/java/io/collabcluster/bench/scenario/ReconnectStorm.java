package io.collabcluster.bench.scenario;

import io.collabcluster.bench.load.Crowd;
import io.collabcluster.bench.load.LoadGenerator;
import io.collabcluster.bench.load.LoadGenerator.Transport;
import io.collabcluster.bench.peer.Peer;
import io.collabcluster.bench.peer.RunningPeer;
import io.collabcluster.bench.peer.StartOptions;
import io.collabcluster.bench.report.Sample;
import java.util.List;
import java.util.Locale;

/** The server crashes and is started again; everybody comes back with the delays of the official clients. */
final class ReconnectStorm implements Scenario {

    @Override
    public String id() {
        return "reconnect-storm";
    }

    @Override
    public String description() {
        return String.format(
                Locale.ROOT,
                "%,d clients come back after the server was killed and started again",
                ConnectStorm.CONNECTIONS);
    }

    @Override
    public int connections(Size size) {
        return size.of(ConnectStorm.CONNECTIONS);
    }

    @Override
    public List<Sample> run(Peer peer, Size size, int run) {
        int connections = size.of(ConnectStorm.CONNECTIONS);
        try (var load = new LoadGenerator(Scenarios.LOAD_THREADS)) {
            Crowd crowd;
            int port;
            Meter meter;
            try (RunningPeer server = peer.start(StartOptions.DEFAULT)) {
                port = server.addresses().getFirst().getPort();
                crowd = new Crowd(load, server.addresses(), Transport.WEBSOCKET, String::valueOf);
                crowd.grow(connections, 200, Scenarios.CONNECT_DEADLINE);
                crowd.forgetJoining();
                meter = Meter.ofANewProcess(load);
                server.kill();
                crowd.awaitCut(Scenarios.CONNECT_DEADLINE);
            }
            try (RunningPeer again = peer.start(StartOptions.DEFAULT.at(port))) {
                meter.of(again);
                crowd.awaitJoined(connections, Scenarios.CONNECT_DEADLINE);
                var sample = ConnectStorm.sample(
                        id(), "%,d clients come back after a crash", peer, run, meter, crowd, connections);
                crowd.disperse();
                return List.of(sample);
            }
        }
    }
}
