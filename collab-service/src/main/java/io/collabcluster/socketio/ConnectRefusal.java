package io.collabcluster.socketio;

import java.util.Optional;

/**
 * A middleware's refusal of a connection; the client gets {@code {"message":…,"data":…}} in a CONNECT_ERROR. Any other
 * exception tells the client nothing but that something went wrong.
 */
public final class ConnectRefusal extends SocketIoException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Json> data;

    public ConnectRefusal(String message) {
        this(message, Optional.empty());
    }

    public ConnectRefusal(String message, Optional<Json> data) {
        super(message, null, false);
        this.data = data;
    }

    public Optional<Json> data() {
        return data;
    }

    Json toJson() {
        String message = "{\"message\":" + JsonText.quote(getMessage());
        return new Json(data.map(json -> message + ",\"data\":" + json.text()).orElse(message) + '}');
    }
}
