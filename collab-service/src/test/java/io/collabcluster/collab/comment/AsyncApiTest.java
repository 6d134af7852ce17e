package io.collabcluster.collab.comment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.TestNode;
import io.collabcluster.collab.presence.PresenceEvents;
import io.collabcluster.collab.presence.PresenceRequest;
import io.collabcluster.collab.session.SignInEnd;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The document says what the server does. */
@QuarkusTest
@TestProfile(TestNode.Profile.class)
class AsyncApiTest {

    private JsonShape document;

    @BeforeEach
    void read() throws IOException {
        String text =
                given().get("/asyncapi.yaml").then().statusCode(200).extract().asString();
        Object tree = new Yaml().load(text);
        document = new JsonShape(new ObjectMapper().valueToTree(tree));
    }

    @Test
    void everyEventIsDocumentedAndNoOther() {
        var code = new TreeSet<String>();
        Arrays.stream(CommentRequest.values()).map(CommentRequest::event).forEach(code::add);
        Arrays.stream(Change.Type.values())
                .map(type -> new Change(1, type, null).event())
                .forEach(code::add);
        Arrays.stream(PresenceRequest.values()).map(PresenceRequest::event).forEach(code::add);
        code.addAll(List.of(CommentEvents.RESET, PresenceEvents.JOINED, PresenceEvents.UPDATED, PresenceEvents.LEFT));
        code.addAll(List.of(SignInEnd.EXPIRING, SignInEnd.EXPIRED, "server:draining"));
        var named = new TreeSet<String>();
        document.document().at("/components/messages").forEach(message -> {
            if (message.has("name")) {
                named.add(message.get("name").asText());
            }
        });

        assertThat(named).isEqualTo(code);
    }

    @Test
    void everyRequestHasTheFieldsThatTheServerTakes() {
        for (CommentRequest request : CommentRequest.values()) {
            hasFields(request.event(), request.fields());
        }
        for (PresenceRequest request : PresenceRequest.values()) {
            hasFields(request.event(), request.fields());
        }
    }

    private void hasFields(String event, List<String> fields) {
        JsonNode payload = message(event).get("payload");
        assertThat(names(payload.get("properties"))).isEqualTo(Set.copyOf(fields));
        assertThat(payload.get("additionalProperties").asBoolean(true)).isFalse();
    }

    @Test
    void everyErrorCodeIsDocumented() {
        var documented = new ArrayList<String>();
        document.document()
                .at("/components/schemas/Failure/properties/error/properties/code/enum")
                .forEach(code -> documented.add(code.asText()));

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(CollabException.Code.values())
                        .map(CollabException.Code::word)
                        .toList());
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryExampleFitsItsSchema() {
        document.document().findValues("$ref").forEach(reference -> assertThat(
                        document.document().at(reference.asText().substring(1)).isMissingNode())
                .as(reference.asText())
                .isFalse());
        for (var message : document.document().at("/components/messages").properties()) {
            assertThat(message.getValue().get("examples")).isNotEmpty();
            message.getValue().get("examples").forEach(example -> assertThat(
                            document.faults(message.getValue().get("payload"), example.get("payload")))
                    .as(message.getKey())
                    .isEmpty());
        }
    }

    @Test
    void whatTheServerSendsFitsItsSchema() throws Exception {
        String topic = "\"topic\":\"asyncapi-" + UUID.randomUUID() + "\"";
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (var client = CommentClient.connected(port, "ann/x/4000")) {
            fits("topic:subscribe.ack", client.ask("topic:subscribe", "{" + topic + ",\"after\":0}"));
            JSONObject posted = client.ask(
                    "comment:post",
                    "{" + topic + ",\"text\":\"a\",\"clientId\":\"c\",\"location\":{\"x\":1},\"embedded\":[]}");
            fits("comment.ack", posted);
            String about =
                    "{" + topic + ",\"id\":\"" + posted.getJSONObject("comment").getString("id") + "\"";
            fits("comment.ack", client.ask("comment:edit", about + ",\"text\":\"b\"}"));
            fits("comment.ack", client.ask("comment:delete", about + "}"));
            fits("failure.ack", client.ask("comment:edit", about + ",\"text\":\"c\"}"));
            fits("comment:list.ack", client.ask("comment:list", "{" + topic + "}"));
            fits("topic:subscribe.ack", client.ask("topic:subscribe", "{" + topic + ",\"after\":0}"));
            fits("topic:unsubscribe.ack", client.ask("topic:unsubscribe", "{" + topic + "}"));
            fits("session:renew.ack", client.ask("session:renew", "{\"token\":\"ann/x/1500\"}"));
            await().until(() -> !client.isConnected());
            assertThat(client.heard().stream().map(CommentClient.Heard::event).distinct())
                    .containsExactlyInAnyOrder(
                            "comment:posted",
                            "comment:edited",
                            "comment:deleted",
                            SignInEnd.EXPIRING,
                            SignInEnd.EXPIRED);
            for (CommentClient.Heard heard : client.heard()) {
                fits(heard.event(), heard.body());
            }
        }
    }

    @Test
    void whatTheServerSaysOfPresenceFitsItsSchema() throws Exception {
        String topic = "\"topic\":\"asyncapi-" + UUID.randomUUID() + "\"";
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        try (var ann = CommentClient.connected(port, "ann");
                var bob = CommentClient.connected(port, "bob")) {
            fits("presence:join.ack", ann.ask("presence:join", "{" + topic + "}"));
            fits("presence:join.ack", bob.ask("presence:join", "{" + topic + ",\"state\":{\"page\":1}}"));
            fits("presence.ack", bob.ask("presence:update", "{" + topic + ",\"state\":[2]}"));
            fits("presence.ack", bob.ask("presence:signal", "{" + topic + ",\"data\":\"hello\"}"));
            fits("presence:list.ack", ann.ask("presence:list", "{" + topic + ",\"limit\":1}"));
            fits("presence.ack", bob.ask("presence:leave", "{" + topic + "}"));
            fits("failure.ack", bob.ask("presence:update", "{" + topic + ",\"state\":[2]}"));
            await().until(() -> ann.heard().size() == 4);
            assertThat(ann.heard().stream().map(CommentClient.Heard::event))
                    .containsExactly(
                            PresenceEvents.JOINED, PresenceEvents.UPDATED, "presence:signal", PresenceEvents.LEFT);
            for (CommentClient.Heard heard : ann.heard()) {
                boolean signal = heard.event().equals("presence:signal");
                fits(signal ? "presence:signalled" : heard.event(), heard.body());
            }
        }
    }

    private void fits(String message, JSONObject sent) throws JsonProcessingException, JSONException {
        JsonNode value = new ObjectMapper().readTree(sent.toString());
        assertThat(document.faults(message(message).get("payload"), value))
                .as(message + " " + sent)
                .isEmpty();
    }

    private JsonNode message(String name) {
        JsonNode message =
                document.document().path("components").path("messages").path(name);
        assertThat(message.isMissingNode()).as(name).isFalse();
        return message;
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
