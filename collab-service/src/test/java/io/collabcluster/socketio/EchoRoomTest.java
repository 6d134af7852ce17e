package io.collabcluster.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.socketio.echo.EchoApplication;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The echo application's rooms, which are what a server is measured by. */
class EchoRoomTest {

    private Fixture fixture;

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Fixture.Client connect(SocketIoOptions options) {
        fixture = new Fixture(options);
        EchoApplication.install(fixture.server);
        return connect(fixture.one);
    }

    private Fixture.Client connect(EventLoop loop) {
        var client = fixture.connect(loop);
        client.take();
        return client;
    }

    private static List<Object> answer(Fixture.Client client, String... packets) {
        return client.session().receive((Object[]) packets).take();
    }

    @Test
    void whatIsPublishedComesToEverySocketOfTheRoomByteForByte() {
        var author = connect(Fixture.OPTIONS);
        var reader = connect(fixture.two);
        var stranger = connect(fixture.two);
        assertThat(answer(author, "20[\"join\",\"r\"]")).containsExactly("30[]");
        assertThat(answer(reader, "27[\"join\",\"r\"]")).containsExactly("37[]");

        assertThat(answer(author, "2[\"publish\",\"r\",\"\\u0041\", 1.0]", "21[\"publish\",\"r\"]"))
                .containsExactly("2[\"message\",\"\\u0041\",1.0]", "2[\"message\"]", "31[]");
        await().untilAsserted(() -> assertThat(reader.session().sent())
                .containsExactly("2[\"message\",\"\\u0041\",1.0]", "2[\"message\"]"));
        assertThat(stranger.take()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",null", ",7", ",[\"r\"]", ",{\"room\":\"r\"}"})
    void aRoomThatIsNoStringIsRefused(String argument) {
        var client = connect(Fixture.OPTIONS);
        for (String event : List.of("join", "publish")) {
            assertThat(answer(client, "23[\"" + event + "\"" + argument + "]"))
                    .singleElement()
                    .asString()
                    .startsWith("33[{")
                    .contains("\"ok\":false", "the first argument must be a room's name");
            assertThat(answer(client, "2[\"" + event + "\"" + argument + "]")).isEmpty();
        }
        assertThat(client.session().closeReason()).isNull();
    }

    @Test
    void aRoomTooManyIsRefused() {
        var client = connect(Fixture.options(Duration.ofSeconds(45), 2, false));
        assertThat(answer(client, "20[\"join\",\"a\"]")).containsExactly("30[]");
        assertThat(answer(client, "21[\"join\",\"b\"]"))
                .singleElement()
                .asString()
                .contains("\"code\":\"limit\"");
        assertThat(client.session().closeReason()).isNull();
    }
}
