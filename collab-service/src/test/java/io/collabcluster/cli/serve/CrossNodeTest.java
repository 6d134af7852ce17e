package io.collabcluster.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.collab.comment.CommentClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes, a real Redis and a real Postgres between them. */
@QuarkusTest
@TestProfile(TestPair.Profile.class)
class CrossNodeTest {

    @Inject
    TestPair pair;

    private final String topic = "cross-" + UUID.randomUUID();
    private final List<CommentClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() {
        pair.a().faulty(0);
        pair.b().faulty(0);
        clients.forEach(CommentClient::close);
        await().until(() -> pair.a().stack().feeds().topics() == 0
                && pair.b().stack().feeds().topics() == 0);
    }

    @Test
    void aCommentReachesTheSubscribersOfTheOtherNodeAsItWasAcknowledged() throws JSONException {
        var ann = connect(pair.a(), "ann");
        var bob = connect(pair.b(), "bob");
        subscribe(bob, 0);
        JSONObject ack = post(ann, 1);

        await().until(() -> bob.heard().size() == 1);
        JSONObject change = bob.heard().getFirst().body();
        assertThat(change.getJSONObject("comment").toString())
                .isEqualTo(ack.getJSONObject("comment").toString());
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void aLargeCommentReachesThemToo() throws JSONException {
        var ann = connect(pair.a(), "ann");
        var bob = connect(pair.b(), "bob");
        subscribe(bob, 0);
        String embedded = "\"" + "x".repeat(65_000) + "\"";
        ann.ask("comment:post", request(",\"text\":\"large\",\"clientId\":\"large\",\"embedded\":" + embedded));

        await().until(() -> bob.heard().size() == 1);
        assertThat(bob.heard().getFirst().body().getJSONObject("comment").getString("embedded"))
                .hasSize(65_000);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.25})
    void whateverTheBusDoesEverySubscriberIsToldOfEachNumberInOrderAndOnce(double faulty) throws Exception {
        pair.a().faulty(faulty);
        pair.b().faulty(faulty);
        var readers = new ArrayList<CommentClient>();
        var missed = new ArrayList<List<Long>>();
        var posting = CompletableFuture.allOf(poster(pair.a(), "ann"), poster(pair.b(), "bob"));
        for (int i = 0; i < 8; i++) {
            var reader = connect(i % 2 == 0 ? pair.a() : pair.b(), "reader" + i);
            missed.add(caughtUp(reader));
            readers.add(reader);
        }
        posting.get(60, TimeUnit.SECONDS);

        for (int i = 0; i < readers.size(); i++) {
            var before = missed.get(i);
            var reader = readers.get(i);
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> before.size() + reader.sequences().size() >= 200);
            var all = new ArrayList<>(before);
            all.addAll(reader.sequences());
            assertThat(all)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 200).boxed().toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCommittedWhileRedisIsAwayIsDeliveredInOrderAndOnce(boolean crash) throws Exception {
        var ann = connect(pair.a(), "ann");
        var bob = connect(pair.b(), "bob");
        subscribe(bob, 0);
        post(ann, 1);
        await().until(() -> bob.sequences().size() == 1);
        if (crash) {
            pair.redis().kill();
        } else {
            pair.redis().stop();
        }
        await().until(() -> !pair.a().redis().isUp() && !pair.b().redis().isUp());
        for (int i = 2; i <= 20; i++) {
            post(ann, i);
        }
        pair.redis().startAgain();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> pair.a().redis().isUp() && pair.b().redis().isUp());
        for (int i = 21; i <= 30; i++) {
            post(ann, i);
        }

        await().until(() -> bob.sequences().size() == 30);
        assertThat(bob.sequences())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }

    @Test
    void membersOfBothNodesAreToldOfEachOther() throws JSONException {
        var ann = connect(pair.a(), "ann");
        var bob = connect(pair.b(), "bob");
        ask(ann, "presence:join", "");
        JSONObject answer = ask(bob, "presence:join", ",\"state\":{\"page\":1}");
        assertThat(answer.getInt("count")).isEqualTo(2);
        ask(bob, "presence:update", ",\"state\":{\"page\":2}");
        ask(bob, "presence:leave", "");

        await().until(() -> ann.heard().size() == 3);
        assertThat(events(ann)).containsExactly("presence:joined", "presence:updated", "presence:left");
        assertThat(ask(ann, "presence:list", "").getInt("count")).isEqualTo(1);
    }

    @Test
    void whoComesBackAtTheOtherNodeIsTheSameMemberWithTheSameState() throws JSONException {
        var ann = connect(pair.a(), "ann");
        ask(ann, "presence:join", "");
        var bob = connect(pair.a(), "bob");
        JSONObject before = ask(bob, "presence:join", ",\"state\":{\"page\":1}");
        pair.a().stack().lose(bob.id());
        var again = connect(pair.b(), "bob");
        JSONObject after = ask(again, "presence:join", ",\"token\":\"" + before.getString("token") + "\"");

        assertThat(after.getJSONObject("member").toString())
                .isEqualTo(before.getJSONObject("member").toString());
        ask(again, "presence:update", ",\"state\":{\"page\":2}");
        ask(again, "presence:leave", "");
        await().until(() -> events(ann).equals(List.of("presence:joined", "presence:updated", "presence:left")));
    }

    @Test
    void theMembersOfADeadNodeLeaveOnceEach() throws JSONException {
        var bob = connect(pair.b(), "bob");
        var carl = connect(pair.b(), "carl");
        ask(bob, "presence:join", "");
        ask(carl, "presence:join", "");
        ask(connect(pair.a(), "ann"), "presence:join", "");
        ask(connect(pair.a(), "ann"), "presence:join", "");
        await().until(() -> bob.heard().size() == 3 && carl.heard().size() == 2);
        pair.a().die();

        await().until(() -> bob.heard().size() == 5 && carl.heard().size() == 4);
        assertThat(events(carl).subList(2, 4)).containsOnly("presence:left");
        assertThat(ask(bob, "presence:list", "").getInt("count")).isEqualTo(2);
        pair.a().comeBack();
    }

    @Test
    void membersAreThereAgainWhenRedisHasLostEverything() throws JSONException {
        var ann = connect(pair.a(), "ann");
        var bob = connect(pair.b(), "bob");
        ask(ann, "presence:join", "");
        ask(bob, "presence:join", "");
        await().until(() -> ann.heard().size() == 1);
        pair.redis().kill();
        await().until(() -> !pair.a().redis().isUp() && !pair.b().redis().isUp());
        ask(bob, "presence:leave", "");
        pair.redis().startAgain();

        await().atMost(30, TimeUnit.SECONDS).until(() -> ann.heard().size() == 2);
        assertThat(events(ann)).containsExactly("presence:joined", "presence:left");
        await().until(() -> pair.b().redis().isUp());
        assertThat(ask(bob, "presence:join", "").getInt("count")).isEqualTo(2);
    }

    private CompletableFuture<Void> poster(TestPair.One node, String name) {
        var client = connect(node, name);
        return CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 100; i++) {
                post(client, i);
            }
        });
    }

    private List<Long> caughtUp(CommentClient reader) throws JSONException {
        var all = new ArrayList<Long>();
        JSONObject answer;
        do {
            answer = subscribe(reader, all.size());
            var changes = answer.getJSONArray("changes");
            for (int i = 0; i < changes.length(); i++) {
                all.add(changes.getJSONObject(i).getLong("sequence"));
            }
        } while (!answer.getBoolean("live"));
        return all;
    }

    private JSONObject subscribe(CommentClient client, long after) {
        return ask(client, "topic:subscribe", ",\"after\":" + after);
    }

    private JSONObject post(CommentClient client, int i) {
        return ask(client, "comment:post", ",\"text\":\"c" + i + "\",\"clientId\":\"c" + i + "\"");
    }

    private JSONObject ask(CommentClient client, String event, String more) {
        JSONObject answer = client.ask(event, request(more));
        assertThat(answer.optBoolean("ok")).as(answer.toString()).isTrue();
        return answer;
    }

    private String request(String more) {
        return "{\"topic\":\"" + topic + "\"" + more + "}";
    }

    private static List<String> events(CommentClient client) {
        return client.heard().stream().map(CommentClient.Heard::event).toList();
    }

    private CommentClient connect(TestPair.One node, String token) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        var client = CommentClient.connected(port, node.path(), token);
        clients.add(client);
        return client;
    }
}
