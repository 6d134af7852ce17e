package io.collabcluster.collab.session;

import io.collabcluster.collab.CollabException;
import io.collabcluster.collab.CollabException.Code;
import io.collabcluster.socketio.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of {@code /api/} as {@code {"error":{"code","message"}}} with a fitting status. */
public class ApiErrors {

    private static final int RETRY_SECONDS = 5;

    static boolean isApi(String path) {
        return path.startsWith("/api/") || path.startsWith("api/");
    }

    @ServerExceptionMapper
    Response refused(CollabException error) {
        return response(error.code().status(), error);
    }

    /** What the framework refuses by itself: a path, a method, a media type that is not there. */
    @ServerExceptionMapper
    Response refused(WebApplicationException error, UriInfo uri) {
        Response response = error.getResponse();
        if (!isApi(uri.getPath()) || response.getStatus() < 400 || response.hasEntity()) {
            return response;
        }
        Code code = response.getStatus() == 404 ? Code.NOT_FOUND : Code.INVALID;
        String message = response.getStatusInfo().getReasonPhrase();
        return response(response.getStatus(), new CollabException(code, message));
    }

    private static Response response(int status, CollabException error) {
        var body = Json.of(Map.of("error", Map.of("code", error.code().word(), "message", error.getMessage())));
        var response =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body.text());
        if (error.code() == Code.UNAVAILABLE) {
            response.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        if (status == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }
}
