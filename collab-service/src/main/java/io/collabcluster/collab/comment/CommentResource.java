package io.collabcluster.collab.comment;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.collab.FieldRules;
import io.collabcluster.collab.RequestObject;
import io.collabcluster.collab.comment.CommentEdit.Patch;
import io.collabcluster.collab.session.Caller;
import io.collabcluster.collab.topic.TopicChange;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Comments over REST: the same as over Socket.IO, from the same service. */
@Singleton
@Path("/api/v1/topics/{topic}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Comments", description = "Comments on a topic. Every change takes the topic's next number, without a gap.")
@APIResponse(
        responseCode = "400",
        description = "Invalid: the message names the field",
        content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
@APIResponse(
        responseCode = "401",
        description = "Not signed in, or the token has ended",
        content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
@APIResponse(
        responseCode = "503",
        description = "Not now; see Retry-After. A write may have happened: retry it with the same clientId",
        content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
public class CommentResource {

    private final Instance<CommentService> service;
    private final Caller caller;

    /** @param service made when the first request comes */
    public CommentResource(Instance<CommentService> service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Path("/comments")
    @Operation(summary = "List comments", description = "The newest, or the newest before a number; oldest first.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CommentSchemas.Page.class)))
    public Uni<String> list(
            @PathParam("topic") String topic,
            @Parameter(
                            description = "Only comments posted before this number",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("before")
                    String before,
            @Parameter(description = "At most so many", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit) {
        return service.get()
                .list(caller.identity(), topic, FieldRules.number("before", before), FieldRules.number("limit", limit))
                .map(CommentJson::page);
    }

    @GET
    @Path("/changes")
    @Operation(
            summary = "Read changes",
            description = "What happened behind a number, in order. A comment in it is the comment as it is now.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Changes.class)))
    public Uni<String> changes(
            @PathParam("topic") String topic,
            @Parameter(
                            description = "The last number that you have; 0 for all",
                            schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("after")
                    String after,
            @Parameter(description = "At most so many", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit) {
        return service.get()
                .changes(
                        caller.identity(),
                        topic,
                        FieldRules.number("after", after).orElse(0),
                        FieldRules.number("limit", limit))
                .map(page -> CommentJson.object(json -> {
                    json.writeStringField("topic", page.topic());
                    json.writeNumberField("head", page.head());
                    json.writeBooleanField("more", !page.complete());
                    json.writeArrayFieldStart("changes");
                    for (TopicChange change : page.changes()) {
                        json.writeRawValue(change.json());
                    }
                    json.writeEndArray();
                }));
    }

    @POST
    @Path("/comments")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Post a comment", description = "With a clientId, a retry is not a second comment.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CommentSchemas.Post.class)))
    @APIResponse(
            responseCode = "201",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Comment.class)))
    @APIResponse(
            responseCode = "413",
            description = "A part is too large",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    public Uni<Response> post(@PathParam("topic") String topic, byte[] body) {
        var request = object(body, "text", "location", "embedded", "clientId");
        var comment = new NewComment(
                topic,
                request.string("text"),
                request.json("location"),
                request.json("embedded"),
                request.optionalString("clientId"));
        return service.get().post(caller.identity(), comment).map(posted -> Response.status(Response.Status.CREATED)
                .entity(posted.json())
                .build());
    }

    @PATCH
    @Path("/comments/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Edit a comment",
            description =
                    "Only its author, or an administrator. What is left out stays; null removes a location or an embedded object.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = CommentSchemas.Edit.class)))
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Comment.class)))
    @APIResponse(
            responseCode = "403",
            description = "Someone else's",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    @APIResponse(
            responseCode = "404",
            description = "Not there",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    @APIResponse(
            responseCode = "409",
            description = "Deleted",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    public Uni<String> edit(@PathParam("topic") String topic, @PathParam("id") String id, byte[] body) {
        var request = object(body, "text", "location", "embedded");
        var edit = new CommentEdit(
                topic,
                CommentRules.id(id),
                request.optionalString("text"),
                Patch.of(request, "location"),
                Patch.of(request, "embedded"));
        return service.get().edit(caller.identity(), edit).map(Comment::json);
    }

    @DELETE
    @Path("/comments/{id}")
    @Operation(
            summary = "Delete a comment",
            description = "Only its author, or an administrator. Its place in the sequence stays, as a tombstone.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Comment.class)))
    @APIResponse(
            responseCode = "403",
            description = "Someone else's",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    @APIResponse(
            responseCode = "404",
            description = "Not there",
            content = @Content(schema = @Schema(implementation = CommentSchemas.Failure.class)))
    public Uni<String> delete(@PathParam("topic") String topic, @PathParam("id") String id) {
        return service.get()
                .delete(caller.identity(), topic, CommentRules.id(id))
                .map(Comment::json);
    }

    private static RequestObject object(byte[] body, String... fields) {
        try {
            return RequestObject.parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString(),
                    List.of(fields));
        } catch (CharacterCodingException e) {
            throw new CollabException(Code.INVALID, "the body is no UTF-8");
        }
    }
}
