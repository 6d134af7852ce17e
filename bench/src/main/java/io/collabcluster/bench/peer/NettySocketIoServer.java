package io.collabcluster.bench.peer;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;

/** The peer {@code netty-socketio}, with its defaults but for epoll. */
final class NettySocketIoServer {

    private NettySocketIoServer() {}

    public static void main(String[] args) {
        var configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(Integer.parseInt(args[0]));
        configuration.setPingInterval(Integer.parseInt(args[1]));
        configuration.setUseLinuxNativeEpoll(true);
        configuration.getSocketConfig().setReuseAddress(true);

        var server = new SocketIOServer(configuration);
        server.addEventListener("join", String.class, (client, room, ack) -> {
            client.joinRoom(room);
            ack.sendAckData();
        });
        server.addMultiTypeEventListener(
                "publish",
                (client, arguments, ack) -> server.getRoomOperations(arguments.<String>get(0))
                        .sendEvent("message", arguments.<String>get(1)),
                String.class,
                String.class);
        server.addEventListener("message-with-ack", String.class, (client, data, ack) -> ack.sendAckData(data));
        server.start();
    }
}
