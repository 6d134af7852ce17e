package io.collabcluster.collab.presence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.collabcluster.collab.TestNode;
import io.collabcluster.collab.comment.CommentClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestNode.Profile.class)
class PresenceEventsTest {

    @Inject
    TestNode node;

    private final String topic = "presence-" + UUID.randomUUID();
    private final List<CommentClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() {
        node.unavailable(Optional.empty());
        clients.forEach(CommentClient::close);
    }

    @Test
    void whoJoinsIsToldWhoIsThereAndTheOthersAreToldOfHim() throws JSONException {
        var ann = connect("ann");
        var stranger = connect("carl");
        JSONObject first = ok(ann, "join", ",\"state\":{\"b\":1,\"a\":[1.50]}");
        var bob = connect("bob");
        JSONObject second = ok(bob, "join", "");

        assertThat(first.getInt("count")).isEqualTo(1);
        assertThat(second.getInt("count")).isEqualTo(2);
        assertThat(second.getBoolean("more")).isFalse();
        assertThat(second.getJSONArray("members").length()).isEqualTo(2);
        await().until(() -> ann.heard().size() == 1);
        var told = ann.heard().getFirst();
        assertThat(told.event()).isEqualTo("presence:joined");
        assertThat(told.body().getString("topic")).isEqualTo(topic);
        assertThat(told.body().getJSONObject("member").toString())
                .isEqualTo(second.getJSONObject("member").toString());
        assertThat(second.getJSONObject("member").getJSONObject("user").getString("id"))
                .isEqualTo("bob");
        assertThat(first.getJSONObject("member").getJSONObject("state").getString("b"))
                .isEqualTo("1");
        ok(bob, "leave", "");
        await().until(() -> events(ann).equals(List.of("presence:joined", "presence:left")));
        assertThat(bob.heard()).isEmpty();
        assertThat(stranger.heard()).isEmpty();
    }

    @Test
    void updatesAndSignalsReachTheOthersInOrder() throws JSONException {
        var ann = connect("ann");
        var bob = connect("bob");
        ok(ann, "join", "");
        ok(bob, "join", "");
        for (int i = 0; i < 20; i++) {
            ok(bob, "update", ",\"state\":{\"at\":" + i + "}");
        }
        ok(bob, "signal", ",\"data\":[1,\"two\"]");
        ok(bob, "update", ",\"state\":null");

        await().until(() -> ann.heard().size() == 23);
        for (int i = 0; i < 20; i++) {
            var member = ann.heard().get(i + 1).body().getJSONObject("member");
            assertThat(member.getJSONObject("state").getInt("at")).isEqualTo(i);
        }
        var signal = ann.heard().get(21);
        assertThat(signal.event()).isEqualTo("presence:signal");
        assertThat(signal.body().getJSONArray("data").toString()).isEqualTo("[1,\"two\"]");
        assertThat(signal.body().getString("from"))
                .isEqualTo(ann.heard().getFirst().body().getJSONObject("member").getString("id"));
        assertThat(ann.heard().get(22).body().getJSONObject("member").has("state"))
                .isFalse();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void whoDisconnectsLeavesAtOnceAndWhoIsLostAfterAWhile() throws JSONException {
        var ann = connect("ann");
        var bob = connect("bob");
        var carl = connect("carl");
        ok(ann, "join", "");
        String left = member(ok(bob, "join", ""));
        String lost = member(ok(carl, "join", ""));
        node.lose(carl.id());
        bob.close();

        await().until(() -> ann.heard().size() == 4);
        assertThat(events(ann).subList(2, 4)).containsOnly("presence:left");
        assertThat(List.of(told(ann, 2), told(ann, 3))).containsExactly(left, lost);
    }

    @Test
    void whoIsLostAndComesBackIsTheSameMemberWithTheSameState() throws JSONException {
        var ann = connect("ann");
        var bob = connect("bob");
        ok(ann, "join", "");
        JSONObject before = ok(bob, "join", ",\"state\":{\"page\":2}");
        node.lose(bob.id());
        var again = connect("bob");
        JSONObject after = ok(again, "join", token(before));

        assertThat(after.getJSONObject("member").toString())
                .isEqualTo(before.getJSONObject("member").toString());
        assertThat(after.getString("token")).isEqualTo(before.getString("token"));
        assertThat(after.getInt("count")).isEqualTo(2);
        ok(again, "update", ",\"state\":{\"page\":3}");
        ok(again, "leave", "");
        await().until(() -> events(ann).equals(List.of("presence:joined", "presence:updated", "presence:left")));
    }

    @Test
    void nobodyTakesTheStateOfSomebodyElse() throws JSONException {
        var ann = connect("ann");
        JSONObject hers = ok(ann, "join", ",\"state\":{\"secret\":1}");
        var bob = connect("bob");
        JSONObject stolen = ok(bob, "join", token(hers));
        var other = connect("ann");
        JSONObject guessed = ok(other, "join", ",\"token\":\"" + member(hers) + "\"");

        assertThat(member(stolen)).isNotEqualTo(member(hers));
        assertThat(stolen.getJSONObject("member").has("state")).isFalse();
        assertThat(member(guessed)).isNotEqualTo(member(hers));
        assertThat(guessed.getInt("count")).isEqualTo(3);
        ok(ann, "update", ",\"state\":2");
    }

    @Test
    void aMemberThatGoesOnAtAnotherSocketIsToldAtTheFormer() throws JSONException {
        var ann = connect("ann");
        JSONObject first = ok(ann, "join", "");
        var second = connect("ann");
        assertThat(member(ok(second, "join", token(first)))).isEqualTo(member(first));

        await().until(() -> events(ann).equals(List.of("presence:left")));
        assertThat(told(ann, 0)).isEqualTo(member(first));
        assertThat(refused(ann, "update", ",\"state\":1")).isEqualTo("not_found");
        ann.close();
        ok(second, "update", ",\"state\":1");
        assertThat(ok(second, "list", "").getInt("count")).isEqualTo(1);
    }

    @Test
    void joiningTwiceIsOneMember() throws JSONException {
        var ann = connect("ann");
        var bob = connect("bob");
        ok(bob, "join", "");
        JSONObject first = ok(ann, "join", ",\"state\":1");
        JSONObject second = ok(ann, "join", ",\"state\":2");

        assertThat(member(second)).isEqualTo(member(first));
        await().until(() -> events(bob).equals(List.of("presence:joined", "presence:updated")));
        assertThat(ann.heard()).isEmpty();
    }

    @Test
    void whatIsTooMuchIsRefused() throws JSONException {
        var ann = connect("ann");
        String large = "\"" + "x".repeat(100) + "\"";
        assertThat(refused(ann, "join", ",\"state\":" + large)).isEqualTo("too_large");
        assertThat(refused(ann, "update", ",\"state\":1")).isEqualTo("not_found");
        assertThat(refused(ann, "signal", ",\"data\":1")).isEqualTo("not_found");
        ok(ann, "join", "");
        assertThat(refused(ann, "update", ",\"state\":" + large)).isEqualTo("too_large");
        assertThat(refused(ann, "update", "")).isEqualTo("invalid");
        assertThat(refused(ann, "signal", ",\"data\":" + large)).isEqualTo("too_large");
        assertThat(refused(ann, "signal", ",\"data\":null")).isEqualTo("invalid");
        ask(ann, "presence:join", "{\"topic\":\"" + topic + "2\"}");
        ask(ann, "presence:join", "{\"topic\":\"" + topic + "3\"}");
        assertThat(code(ask(ann, "presence:join", "{\"topic\":\"" + topic + "4\"}")))
                .isEqualTo("too_many");
        assertThat(code(ask(ann, "presence:join", "{\"topic\":\"\"}"))).isEqualTo("invalid");
        for (int i = 0; i < 4; i++) {
            ok(connect("user" + i), "join", "");
        }
        assertThat(refused(connect("late"), "join", "")).isEqualTo("too_many");
    }

    @Test
    void whileTheNodeIsPausedNobodyJoins() throws JSONException {
        var ann = connect("ann");
        ok(ann, "join", "");
        node.unavailable(Optional.of("Redis Server is away"));

        assertThat(refused(ann, "join", "")).isEqualTo("unavailable");
        assertThat(refused(ann, "update", ",\"state\":1")).isEqualTo("unavailable");
        ok(ann, "leave", "");
    }

    @Test
    void membersAreListedInPagesOverBothWays() throws JSONException {
        for (int i = 0; i < 3; i++) {
            ok(connect("user" + i), "join", "");
        }
        var ann = connect("ann");
        JSONObject first = ok(ann, "list", ",\"limit\":2");
        String last = first.getJSONArray("members").getJSONObject(1).getString("id");
        JSONObject rest = ok(ann, "list", ",\"limit\":2,\"after\":\"" + last + "\"");

        assertThat(first.getBoolean("more")).isTrue();
        assertThat(rest.getJSONArray("members").length()).isEqualTo(1);
        assertThat(rest.getBoolean("more")).isFalse();
        String path = "/api/v1/topics/" + topic + "/presence";
        given().auth()
                .preemptive()
                .oauth2("ann")
                .queryParam("limit", 2)
                .queryParam("after", last)
                .get(path)
                .then()
                .statusCode(200)
                .body("topic", equalTo(topic))
                .body("count", equalTo(3))
                .body("more", equalTo(false))
                .body("members", hasSize(1));
        given().auth()
                .preemptive()
                .oauth2("ann")
                .queryParam("limit", "many")
                .get(path)
                .then()
                .statusCode(400)
                .body("error.code", equalTo("invalid"));
        given().get(path).then().statusCode(401);
    }

    private CommentClient connect(String token) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        var client = CommentClient.connected(port, token);
        clients.add(client);
        return client;
    }

    private JSONObject ok(CommentClient client, String event, String more) throws JSONException {
        JSONObject answer = ask(client, "presence:" + event, "{\"topic\":\"" + topic + "\"" + more + "}");
        assertThat(answer.getBoolean("ok")).as(answer.toString()).isTrue();
        return answer;
    }

    private String refused(CommentClient client, String event, String more) throws JSONException {
        return code(ask(client, "presence:" + event, "{\"topic\":\"" + topic + "\"" + more + "}"));
    }

    private static JSONObject ask(CommentClient client, String event, String request) {
        return client.ask(event, request);
    }

    private static String code(JSONObject answer) throws JSONException {
        return answer.getJSONObject("error").getString("code");
    }

    private static String member(JSONObject answer) throws JSONException {
        return answer.getJSONObject("member").getString("id");
    }

    private static String token(JSONObject answer) throws JSONException {
        return ",\"token\":\"" + answer.getString("token") + "\"";
    }

    private static List<String> events(CommentClient client) {
        return client.heard().stream().map(CommentClient.Heard::event).toList();
    }

    private static String told(CommentClient client, int i) throws JSONException {
        return member(client.heard().get(i).body());
    }
}
