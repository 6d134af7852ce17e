package io.collabcluster.cluster.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.socketio.FakeSession;
import org.junit.jupiter.api.Test;

/** With {@code createAdapter} and {@code @socket.io/redis-emitter}. */
class ClassicInteropTest extends InteropScenario {

    ClassicInteropTest() {
        super(Format.CLASSIC);
    }

    @Override
    TestRedis startRedis() {
        return TestRedis.start();
    }

    @Test
    void theEmitterIsHeard() {
        node.run("""
                emitter.emit('all', 1);
                emitter.to('java').emit('room', Buffer.from([1]));
                emitter.to(['r', 'x']).except('node').volatile.emit('rooms');
                emitter.to('node').emit('not hers');
                """);
        assertThat(annGot())
                .containsExactlyInAnyOrder(
                        "2[\"all\",1]",
                        "51-[\"room\",{\"_placeholder\":true,\"num\":0}]",
                        FakeSession.bytes(1),
                        "2[\"rooms\"]");
        node.run("emitter.in('java').socketsJoin(['x', 'y'])");
        await().until(() -> main.hasRoom("x") && main.hasRoom("y"));
        node.run("emitter.in('r').socketsLeave('x')");
        await().until(() -> !main.hasRoom("x"));
        var seen = new java.util.concurrent.CopyOnWriteArrayList<String>();
        main.onServerSide("from emitter", (args, ack) -> seen.add(args.json(0).text()));
        node.run("emitter.serverSideEmit('from emitter', 7)");
        await().until(() -> seen.contains("7"));
        node.run("emitter.in('y').disconnectSockets(true)");
        await().until(() -> ann.session().closeReason() != null);
    }

    @Test
    void theRequestsOfOlderVersionsAreAnswered() {
        String asked = """
                const heard = [];
                const sub = redis.duplicate();
                await sub.connect();
                await sub.subscribe('interop-response#/#asker#', (text) => heard.push(JSON.parse(text)));
                await redis.publish('interop-request#/#', JSON.stringify(
                    { uid: 'asker', requestId: 'q1', type: 0, rooms: ['java'] }));
                while (heard.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
                await sub.quit();
                return heard[0].sockets;
                """;
        assertThat(node.run(asked).toString()).isEqualTo("[\"" + ann.socket().id() + "\"]");
    }
}
