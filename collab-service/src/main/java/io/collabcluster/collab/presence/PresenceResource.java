package io.collabcluster.collab.presence;

import io.collabcluster.collab.FieldRules;
import io.collabcluster.collab.session.Caller;
import io.collabcluster.socketio.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who is here, over REST; to be here takes a socket. */
@Singleton
@Path("/api/v1/topics/{topic}/presence")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Presence", description = "Who is at a topic now, on all nodes. Nothing of it is kept.")
public class PresenceResource {

    private final Instance<PresenceService> service;
    private final Caller caller;

    /** @param service made when the first request comes */
    public PresenceResource(Instance<PresenceService> service, Caller caller) {
        this.service = service;
        this.caller = caller;
    }

    @GET
    @Operation(summary = "List members", description = "By their ids. One for each socket: a person may be here twice.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Page.class)))
    @APIResponse(responseCode = "400", description = "Invalid: the message names the field")
    @APIResponse(responseCode = "401", description = "Not signed in, or the token has ended")
    @APIResponse(responseCode = "503", description = "Not now; see Retry-After")
    public Uni<String> list(
            @PathParam("topic") String topic,
            @Parameter(description = "Only members behind this id") @QueryParam("after") String after,
            @Parameter(description = "At most so many", schema = @Schema(type = SchemaType.INTEGER))
                    @QueryParam("limit")
                    String limit) {
        return service.get()
                .page(caller.identity(), topic, Optional.ofNullable(after), FieldRules.number("limit", limit))
                .map(Json::text);
    }

    /** The shapes of the answer for the OpenAPI document. */
    @Schema(
            name = "MemberPage",
            requiredProperties = {"topic", "members", "count", "more"})
    record Page(
            String topic,
            List<One> members,
            @Schema(description = "Of all members") int count,

            @Schema(description = "Whether there are others behind the last")
            boolean more) {

        @Schema(
                name = "Member",
                requiredProperties = {"id", "user", "since"})
        record One(
                @Schema(description = "Of one socket's membership")
                String id,

                Person user,
                @Schema(format = "date-time") String since,

                @Schema(description = "What the member shows the others: any JSON")
                Object state) {}

        @Schema(
                name = "Person",
                requiredProperties = {"id", "name"})
        record Person(String id, String name) {}
    }
}
