package io.collabcluster.collab.comment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.collabcluster.collab.TestNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(TestNode.Profile.class)
class CommentResourceTest {

    @Inject
    TestNode node;

    private final String comments = "/api/v1/topics/" + UUID.randomUUID() + "/comments";

    @AfterEach
    void available() {
        node.unavailable(Optional.empty());
    }

    @Test
    void aPostedCommentIsListed() {
        String id = post(
                        "ann",
                        "{\"text\":\"Hello\",\"location\":{\"page\":1},\"embedded\":[1.0, 2e1],\"clientId\":\"c1\"}")
                .statusCode(201)
                .body("sequence", equalTo(1))
                .body("author.id", equalTo("ann"))
                .body("createdAt", notNullValue())
                .extract()
                .path("id");

        String list = by("ann").get(comments).then().statusCode(200).extract().asString();
        assertThat(list)
                .contains("\"head\":1,\"more\":false", id, "\"embedded\":[1.0, 2e1]", "\"location\":{\"page\":1}");
    }

    @Test
    void aRetryIsNotASecondComment() {
        String first =
                post("ann", "{\"text\":\"once\",\"clientId\":\"c\"}").extract().asString();
        String again =
                post("ann", "{\"text\":\"once\",\"clientId\":\"c\"}").extract().asString();

        assertThat(again).isEqualTo(first);
    }

    @Test
    void anEditAndADeletionAreChangesOfTheirOwn() {
        String id = post("ann", "{\"text\":\"a\",\"location\":{}}").extract().path("id");
        by("ann")
                .body("{\"text\":\"b\",\"location\":null}")
                .patch(comments + "/" + id)
                .then()
                .statusCode(200)
                .body("text", equalTo("b"))
                .body("location", equalTo(null))
                .body("changed", equalTo(2))
                .body("editedAt", notNullValue());
        by("ann")
                .delete(comments + "/" + id)
                .then()
                .statusCode(200)
                .body("deleted", equalTo(true))
                .body("changed", equalTo(3));
        by("ann").delete(comments + "/" + id).then().statusCode(200).body("changed", equalTo(3));

        by("ann")
                .get(comments.replace("/comments", "/changes?after=1"))
                .then()
                .statusCode(200)
                .body("head", equalTo(3))
                .body("more", equalTo(false))
                .body("changes.sequence", contains(2, 3))
                .body("changes.type", contains("edited", "deleted"));
        error(by("ann").body("{\"text\":\"c\"}").patch(comments + "/" + id).then(), 409, "conflict", "deleted");
    }

    @Test
    void onlyTheAuthorAndAnAdministratorMayChangeAComment() {
        String id = post("ann", "{\"text\":\"a\"}").extract().path("id");

        error(by("bob").body("{\"text\":\"b\"}").patch(comments + "/" + id).then(), 403, "forbidden", "author");
        error(by("bob").delete(comments + "/" + id).then(), 403, "forbidden", "author");
        by("carl/admin")
                .body("{\"text\":\"b\"}")
                .patch(comments + "/" + id)
                .then()
                .statusCode(200);
        error(by("ann").delete(comments + "/" + UUID.randomUUID()).then(), 404, "not_found", "id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"a\"                         | malformed JSON",
                "[1]                                     | expected a JSON object",
                "{\"text\":\"a\"} x                      | malformed JSON",
                "{\"text\":\"a\",\"colour\":1}           | colour: unknown field",
                "{\"text\":\"a\",\"text\":\"b\"}         | text: given twice",
                "{\"clientId\":\"a\"}                    | text: missing",
                "{\"text\":7}                            | text: expected a string",
                "{\"text\":\"  \"}                       | text: expected at least one character",
                "{\"text\":\"a\\u0000\"}                 | U+0000",
                "{\"text\":\"a\\ud800\"}                 | surrogate",
                "{\"text\":\"a\",\"clientId\":\"\"}      | clientId: empty",
                "{\"text\":\"a\",\"clientId\":\"\\n\"}   | clientId: control characters",
            })
    void aWrongBodyIsToldWhatIsWrong(String body, String message) {
        error(post("ann", body), 400, "invalid", message);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        error(
                by("ann")
                        .body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'})
                        .post(comments)
                        .then(),
                400,
                "invalid",
                "UTF-8");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        error(post("ann", "{\"text\":\"a\",\"embedded\":" + deep + "}"), 400, "invalid", "malformed JSON");
        String deeper = "[".repeat(101) + "]".repeat(101);
        error(post("ann", "{\"text\":\"a\",\"location\":" + deeper + "}"), 400, "invalid", "location: nested deeper");
    }

    @Test
    void eachPartHasItsLimitInBytes() {
        post("ann", "{\"text\":\"" + "é".repeat(5_000) + "\"}").statusCode(201);
        error(post("ann", "{\"text\":\"" + "é".repeat(5_001) + "\"}"), 413, "too_large", "text: 10002 bytes");
        error(
                post("ann", "{\"text\":\"a\",\"location\":\"" + "x".repeat(4_096) + "\"}"),
                413,
                "too_large",
                "location: 4098 bytes of UTF-8; at most 4096");
        error(
                post("ann", "{\"text\":\"a\",\"embedded\":\"" + "x".repeat(65_536) + "\"}"),
                413,
                "too_large",
                "embedded: 65538 bytes of UTF-8; at most 65536");
        error(
                by("ann")
                        .body("{\"text\":\"a\"}")
                        .post("/api/v1/topics/" + "t".repeat(256) + "/comments")
                        .then(),
                413,
                "too_large",
                "topic");
    }

    @ParameterizedTest
    @CsvSource({"limit=0,limit", "limit=201,limit", "limit=x,limit", "before=-1,before", "before=1.5,before"})
    void aWrongParameterIsToldWhatIsWrong(String query, String name) {
        error(by("ann").get(comments + "?" + query).then(), 400, "invalid", name + ": expected");
    }

    @Test
    void aTopicMayHaveASlash() {
        String topic = "/api/v1/topics/report%2F" + UUID.randomUUID() + "/comments";
        by("ann")
                .urlEncodingEnabled(false)
                .body("{\"text\":\"a\"}")
                .post(topic)
                .then()
                .statusCode(201)
                .body("topic", containsString("report/"));
        by("ann").urlEncodingEnabled(false).get(topic).then().statusCode(200).body("head", equalTo(1));
    }

    @Test
    void whoHasNotSignedInIsRefused() {
        error(given().get(comments).then(), 401, "unauthenticated", "token");
        error(by("ann/x/-1").get(comments).then(), 401, "token_expired", "ended");
        given().header("X-Guest-Name", "Gast").get(comments).then().statusCode(200);
    }

    @Test
    void whilePausedWritesAreRefusedWithTheReasonAndReadsAreServed() {
        node.unavailable(Optional.of("The following dependent services are unavailable: DB Service"));

        error(post("ann", "{\"text\":\"a\"}").header("Retry-After", "5"), 503, "unavailable", "DB Service");
        by("ann").get(comments).then().statusCode(200);
    }

    @Test
    void whatIsNotThereIsSaidInTheSameShape() {
        error(by("ann").get("/api/v1/nothing").then(), 404, "not_found", "");
        error(by("ann").body("{}").put(comments).then(), 405, "invalid", "");
        error(by("ann").contentType(ContentType.TEXT).body("a").post(comments).then(), 415, "invalid", "");
    }

    @Test
    void theOpenApiDocumentHasEveryPath() {
        String document = given().accept(ContentType.JSON)
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        assertThat(document)
                .contains(
                        "/api/v1/topics/{topic}/comments\"",
                        "/api/v1/topics/{topic}/comments/{id}\"",
                        "/api/v1/topics/{topic}/changes\"",
                        "#/components/schemas/NewComment",
                        "#/components/schemas/CommentPage");
    }

    private ValidatableResponse post(String user, String body) {
        return by(user).body(body).post(comments).then();
    }

    private static RequestSpecification by(String user) {
        return given().header("Authorization", "Bearer " + user).contentType(ContentType.JSON);
    }

    private static void error(ValidatableResponse response, int status, String code, String message) {
        response.statusCode(status)
                .contentType(ContentType.JSON)
                .body("error.code", equalTo(code))
                .body("error.message", containsString(message))
                .body("error.message", not(containsString("Exception")));
    }
}
