package io.collabcluster.collab.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.cluster.roster.LocalRoster;
import io.collabcluster.cluster.roster.Roster;
import io.collabcluster.collab.PresenceOptions;
import io.collabcluster.socketio.LocalAdapter;
import io.collabcluster.socketio.SocketIoOptions;
import io.collabcluster.socketio.SocketIoServer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class TopicMembersTest {

    private final AtomicBoolean settled = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EmbeddedChannel home = new EmbeddedChannel();

    @Test
    void anEmptyTopicStaysOpenUntilTheOthersKnowThatItIs() {
        home.freezeTime();
        var members = new TopicMembers(
                "a",
                new SocketIoServer(SocketIoOptions.DEFAULTS, LocalAdapter::new).of("/"),
                new Unsettled(),
                new PresenceOptions(10, 1, 1, 100, Duration.ofSeconds(1)),
                home.eventLoop(),
                () -> closed.set(true));
        members.ready();
        members.served();
        pass(60);
        assertThat(closed).isFalse();
        settled.set(true);
        pass(60);

        assertThat(closed).isTrue();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            home.advanceTimeBy(1, TimeUnit.SECONDS);
            home.runScheduledPendingTasks();
        }
    }

    /** One node's roster, that has something to tell as long as the test says. */
    private final class Unsettled implements Roster {

        @Override
        public Group open(String group, ScheduledExecutorService home, Listener listener) {
            var local = new LocalRoster().open(group, home, listener);
            return (Group) Proxy.newProxyInstance(
                    Group.class.getClassLoader(),
                    new Class<?>[] {Group.class},
                    (proxy, method, arguments) ->
                            method.getName().equals("isSettled") ? settled.get() : method.invoke(local, arguments));
        }

        @Override
        public void close() {}
    }
}
