package io.collabcluster.collab.comment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.collabcluster.collab.TestNode;
import io.collabcluster.collab.topic.TopicFeeds;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(TestNode.Profile.class)
class CommentEventsTest {

    @Inject
    TestNode node;

    @Inject
    TopicFeeds feeds;

    private final String topic = "topic-" + UUID.randomUUID();
    private final List<CommentClient> clients = new ArrayList<>();

    @AfterEach
    void disconnect() {
        node.unavailable(Optional.empty());
        clients.forEach(CommentClient::close);
        await().until(() -> feeds.topics() == 0);
    }

    @Test
    void aCommentReachesEverySubscriberAsItWasAcknowledged() throws JSONException {
        CommentClient ann = connect("ann");
        CommentClient bob = connect("bob");
        CommentClient stranger = connect("carl");
        subscribe(ann, 0);
        subscribe(bob, 0);

        JSONObject ack = ann.ask("comment:post", post("hello", "c1", ",\"embedded\":{\"b\":1,\"a\":[1.50]}"));

        assertThat(ack.getBoolean("ok")).isTrue();
        await().until(() -> bob.heard().size() == 1 && ann.heard().size() == 1);
        JSONObject change = bob.heard().getFirst().body();
        assertThat(bob.heard().getFirst().event()).isEqualTo("comment:posted");
        assertThat(change.getString("topic")).isEqualTo(topic);
        assertThat(change.getString("type")).isEqualTo("posted");
        assertThat(change.getLong("sequence")).isEqualTo(1);
        assertThat(change.getJSONObject("comment").toString())
                .isEqualTo(ack.getJSONObject("comment").toString());
        assertThat(stranger.heard()).isEmpty();
    }

    @Test
    void editsAndDeletionsArriveInOrder() throws JSONException {
        CommentClient ann = connect("ann");
        CommentClient bob = connect("bob");
        subscribe(bob, 0);
        String id = ann.ask("comment:post", post("a", "c", ""))
                .getJSONObject("comment")
                .getString("id");
        ann.ask("comment:edit", about(id, ",\"text\":\"b\""));
        ann.ask("comment:delete", about(id, ""));

        await().until(() -> bob.heard().size() == 3);
        assertThat(bob.sequences()).containsExactly(1L, 2L, 3L);
        assertThat(bob.heard().stream().map(CommentClient.Heard::event))
                .containsExactly("comment:posted", "comment:edited", "comment:deleted");
        assertThat(bob.heard().get(1).body().getJSONObject("comment").getString("text"))
                .isEqualTo("b");
        assertThat(bob.heard().get(2).body().getJSONObject("comment").has("text"))
                .isFalse();
    }

    @Test
    void aSubscriptionBringsWhatWasMissedInPagesAndThenGoesOnLive() throws JSONException {
        CommentClient ann = connect("ann");
        for (int i = 1; i <= 205; i++) {
            ann.ask("comment:post", post("c" + i, "c" + i, ""));
        }
        CommentClient bob = connect("bob");
        JSONObject first = subscribe(bob, 0);
        JSONObject second = subscribe(bob, 200);
        ann.ask("comment:post", post("last", "last", ""));

        assertThat(first.getBoolean("live")).isFalse();
        assertThat(sequences(first)).containsExactlyElementsOf(upTo(200));
        assertThat(second.getBoolean("live")).isTrue();
        assertThat(second.getLong("head")).isEqualTo(205);
        assertThat(sequences(second)).containsExactly(201L, 202L, 203L, 204L, 205L);
        await().until(() -> bob.sequences().equals(List.of(206L)));
    }

    @Test
    void subscribingDuringAStreamOfPostsLeavesNothingOutAndRepeatsNothing() throws JSONException {
        CommentClient ann = connect("ann");
        var posts = new ArrayList<CompletableFuture<JSONObject>>();
        var posting = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 300; i++) {
                posts.add(send(ann, "comment:post", post("c" + i, "c" + i, "")));
            }
        });
        var readers = new ArrayList<CommentClient>();
        var replayed = new ArrayList<List<Long>>();
        for (int i = 0; i < 10; i++) {
            CommentClient reader = connect("reader" + i);
            readers.add(reader);
            var seen = new ArrayList<Long>();
            JSONObject answer = subscribe(reader, 0);
            seen.addAll(sequences(answer));
            while (!answer.getBoolean("live")) {
                answer = subscribe(reader, seen.isEmpty() ? 0 : seen.getLast());
                seen.addAll(sequences(answer));
            }
            replayed.add(seen);
        }
        posting.join();
        CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).join();

        for (int i = 0; i < readers.size(); i++) {
            CommentClient reader = readers.get(i);
            List<Long> seen = replayed.get(i);
            await().until(() -> seen.size() + reader.heard().size() >= 300);
            var all = new ArrayList<>(seen);
            all.addAll(reader.sequences());
            assertThat(all).containsExactlyElementsOf(upTo(300));
        }
    }

    @Test
    void theRequestsOfOneSocketAreServedInOrder() {
        CommentClient ann = connect("ann");
        var answers = new ArrayList<CompletableFuture<JSONObject>>();
        for (int i = 1; i <= 100; i++) {
            answers.add(send(ann, "comment:post", post("c" + i, "c" + i, "")));
        }
        var sequences = answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.optJSONObject("comment").optLong("sequence"))
                .toList();

        assertThat(sequences).containsExactlyElementsOf(upTo(100));
    }

    @Test
    void aFloodOfRequestsIsAnsweredOneByOne() {
        CommentClient ann = connect("ann");
        var answers = new ArrayList<CompletableFuture<JSONObject>>();
        answers.add(send(ann, "comment:post", post("a", "c", "")));
        for (int i = 0; i < 5_000; i++) {
            answers.add(send(ann, "comment:list", "{\"topic\":\"t\",\"limit\":0}"));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();

        assertThat(answers.stream().filter(answer -> answer.join().optBoolean("ok")))
                .hasSize(1);
    }

    @Test
    void afterUnsubscribingNothingArrives() throws JSONException {
        CommentClient ann = connect("ann");
        CommentClient bob = connect("bob");
        subscribe(ann, 0);
        subscribe(bob, 0);
        assertThat(bob.ask("topic:unsubscribe", "{\"topic\":\"" + topic + "\"}").getBoolean("ok"))
                .isTrue();
        ann.ask("comment:post", post("a", "c", ""));

        await().until(() -> ann.heard().size() == 1);
        bob.ask("comment:list", "{\"topic\":\"" + topic + "\"}");
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void subscribingAgainStartsOverWithoutRepeating() throws JSONException {
        CommentClient ann = connect("ann");
        subscribe(ann, 0);
        ann.ask("comment:post", post("a", "c1", ""));
        await().until(() -> ann.heard().size() == 1);
        JSONObject again = subscribe(ann, 1);
        ann.ask("comment:post", post("b", "c2", ""));

        assertThat(sequences(again)).isEmpty();
        await().until(() -> ann.sequences().equals(List.of(1L, 2L)));
    }

    @Test
    void commentsAreListedFromTheNewest() throws JSONException {
        CommentClient ann = connect("ann");
        for (int i = 1; i <= 3; i++) {
            ann.ask("comment:post", post("c" + i, "c" + i, ""));
        }
        JSONObject list = ann.ask("comment:list", "{\"topic\":\"" + topic + "\",\"limit\":2}");

        assertThat(list.getBoolean("ok")).isTrue();
        assertThat(list.getLong("head")).isEqualTo(3);
        assertThat(list.getBoolean("more")).isTrue();
        assertThat(list.getJSONArray("comments").getJSONObject(0).getString("text"))
                .isEqualTo("c2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "comment:post     | {\"topic\":\"t\",\"text\":\"a\",\"clientId\":\"c\",\"colour\":1} | invalid   | colour: unknown field",
                "comment:post     | {\"topic\":\"t\",\"text\":\"a\"}                    | invalid   | clientId: missing",
                "comment:post     | {\"topic\":\"\",\"text\":\"a\",\"clientId\":\"c\"}  | invalid   | topic: empty",
                "comment:edit     | {\"topic\":\"t\",\"id\":\"7\",\"text\":\"a\"}       | invalid   | id: expected a UUID",
                "comment:delete   | {\"topic\":\"t\",\"id\":\"00000000-0000-0000-0000-000000000000\"} | not_found | no comment",
                "comment:list     | {\"topic\":\"t\",\"limit\":0}                       | invalid   | limit: expected",
                "topic:subscribe  | {\"topic\":\"t\",\"after\":-1}                      | invalid   | after: expected",
                "topic:subscribe  | {\"topic\":\"nobody wrote here\",\"after\":5}       | conflict  | at 0",
                "session:renew    | {}                                                  | invalid   | token: missing",
            })
    void aWrongRequestIsToldWhatIsWrong(String event, String request, String code, String message)
            throws JSONException {
        JSONObject answer = connect("ann").ask(event, request);

        assertThat(answer.getBoolean("ok")).isFalse();
        assertThat(answer.getJSONObject("error").getString("code")).isEqualTo(code);
        assertThat(answer.getJSONObject("error").getString("message")).contains(message);
    }

    @Test
    void anEventWithoutOneObjectIsToldSo() throws JSONException {
        CommentClient ann = connect("ann");

        for (Object[] arguments :
                List.of(new Object[] {}, new Object[] {"text"}, new Object[] {1, 2}, new Object[] {new byte[] {1}})) {
            JSONObject answer = ann.send("comment:post", arguments).join();
            assertThat(answer.getJSONObject("error").getString("code")).isEqualTo("invalid");
        }
    }

    @Test
    void whilePausedWritesAreRefusedWithTheReasonAndTheSocketStays() throws JSONException {
        CommentClient ann = connect("ann");
        node.unavailable(Optional.of("The following dependent services are unavailable: DB Service"));
        JSONObject refused = ann.ask("comment:post", post("a", "c", ""));
        node.unavailable(Optional.empty());
        JSONObject kept = ann.ask("comment:post", post("a", "c", ""));

        assertThat(refused.getJSONObject("error").getString("code")).isEqualTo("unavailable");
        assertThat(refused.getJSONObject("error").getString("message")).contains("DB Service");
        assertThat(kept.getJSONObject("comment").getLong("sequence")).isEqualTo(1);
    }

    @Test
    void someoneElsesCommentMayNotBeChanged() throws JSONException {
        String id = connect("ann")
                .ask("comment:post", post("a", "c", ""))
                .getJSONObject("comment")
                .getString("id");
        JSONObject answer = connect("bob").ask("comment:delete", about(id, ""));

        assertThat(answer.getJSONObject("error").getString("code")).isEqualTo("forbidden");
    }

    @Test
    void whoDoesNotSignInIsRefusedWithTheReason() throws JSONException {
        var client = new CommentClient(port(), Map.of());
        clients.add(client);

        assertThat(client.refusal().getString("message")).isEqualTo("give a token or a name");
        assertThat(client.refusal().getJSONObject("data").getString("code")).isEqualTo("unauthenticated");
    }

    @Test
    void aGuestHasANameOnly() throws JSONException {
        var client = new CommentClient(port(), Map.of("name", "Gast"));
        clients.add(client);
        await().until(client::isConnected);

        JSONObject author = client.ask("comment:post", post("a", "c", ""))
                .getJSONObject("comment")
                .getJSONObject("author");
        assertThat(author.getString("id")).isEqualTo("guest:Gast");
        assertThat(author.getString("name")).isEqualTo("Gast");
    }

    @Test
    void anOpenSocketIsClosedWhenTheSignInEnds() throws JSONException {
        CommentClient ann = connect("ann/x/1500");

        await().until(() -> !ann.isConnected());
        assertThat(ann.heard().stream().map(CommentClient.Heard::event))
                .containsExactly("session:expiring", "session:expired");
        assertThat(ann.heard().getFirst().body().getString("expiresAt")).endsWith("Z");
    }

    @Test
    void aSignInIsRenewedInBandByTheSamePersonOnly() throws JSONException {
        CommentClient ann = connect("ann/x/2000");
        await().until(() -> ann.heard().size() == 1);
        JSONObject other = ann.ask("session:renew", "{\"token\":\"bob/x/9000\"}");
        JSONObject renewed = ann.ask("session:renew", "{\"token\":\"ann/x/3500\"}");

        assertThat(other.getJSONObject("error").getString("code")).isEqualTo("forbidden");
        assertThat(renewed.getBoolean("ok")).isTrue();
        String end = renewed.getString("expiresAt");
        await().until(() -> !ann.isConnected());
        assertThat(ann.heard().getLast().event()).isEqualTo("session:expired");
        assertThat(ann.heard().getLast().body().getString("expiresAt")).isEqualTo(end);
    }

    private CommentClient connect(String token) {
        CommentClient client = CommentClient.connected(port(), token);
        clients.add(client);
        return client;
    }

    private static int port() {
        return ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
    }

    private JSONObject subscribe(CommentClient client, long after) {
        return client.ask("topic:subscribe", "{\"topic\":\"" + topic + "\",\"after\":" + after + "}");
    }

    private static CompletableFuture<JSONObject> send(CommentClient client, String event, String request) {
        try {
            return client.send(event, new JSONObject(request));
        } catch (JSONException e) {
            throw new IllegalArgumentException(request, e);
        }
    }

    private String post(String text, String clientId, String more) {
        return "{\"topic\":\"" + topic + "\",\"text\":\"" + text + "\",\"clientId\":\"" + clientId + "\"" + more + "}";
    }

    private String about(String id, String more) {
        return "{\"topic\":\"" + topic + "\",\"id\":\"" + id + "\"" + more + "}";
    }

    private static List<Long> sequences(JSONObject answer) throws JSONException {
        var sequences = new ArrayList<Long>();
        for (int i = 0; i < answer.getJSONArray("changes").length(); i++) {
            sequences.add(answer.getJSONArray("changes").getJSONObject(i).getLong("sequence"));
        }
        return sequences;
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
