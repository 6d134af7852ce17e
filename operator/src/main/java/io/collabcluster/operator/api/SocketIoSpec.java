package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** The options of Socket.IO that are changed most; all others go into config, below socketio. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "!self.path.matches('^/(q|admin|status|api|servers|assets|engine[.]io)(/.*)?$')",
        message =
                "the server has a use of its own for /q, /admin, /status, /api, /servers, /assets and /engine.io: take another path")
public record SocketIoSpec(
        @Default("/socket.io")
        @Pattern("^" + SocketIoSpec.PATH + "$")
        @Size(max = 255) @JsonPropertyDescription("Where clients connect.")
        String path,

        @Size(max = 2) @JsonPropertyDescription("The transports that clients may use. Left out: both.")
        List<Transport> transports,

        @Default("25000")
        @Min(1) @Max(86400000) @JsonPropertyDescription("Milliseconds between two pings of the server.")
        Integer pingInterval,

        @Default("20000")
        @Min(1) @Max(86400000) @JsonPropertyDescription("Milliseconds that a client may take to answer one.")
        Integer pingTimeout,

        @Default("1000000") @Min(1024) @Max(1073741824) @JsonPropertyDescription("The largest message, in bytes.")
        Integer maxHttpBufferSize,

        @Size(max = 100) @JsonPropertyDescription("Origins whose pages may connect, e.g. https://app.example.com.")
        List<@Size(min = 1, max = 255) String> corsOrigins,

        @Default("false") @JsonPropertyDescription("Give a client that comes back its rooms and what it missed.")
        Boolean connectionStateRecovery) {

    /** A path of segments that aren't empty, and none of which climbs; not {@code /} alone. */
    static final String PATH = "(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?";

    public SocketIoSpec {
        path = Unset.or(path, "/socket.io");
        transports = Unset.list(transports);
        pingInterval = Unset.or(pingInterval, 25000);
        pingTimeout = Unset.or(pingTimeout, 20000);
        maxHttpBufferSize = Unset.or(maxHttpBufferSize, 1000000);
        corsOrigins = Unset.list(corsOrigins);
        connectionStateRecovery = Unset.or(connectionStateRecovery, false);
    }

    static SocketIoSpec defaults() {
        return new SocketIoSpec(null, null, null, null, null, null, null);
    }

    /** Whether each request of a session has to reach its node without a detour. */
    public boolean polling() {
        return transports.isEmpty() || transports.contains(Transport.POLLING);
    }
}
