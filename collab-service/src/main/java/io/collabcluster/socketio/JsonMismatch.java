package io.collabcluster.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;

/** A JSON value is not of the shape that was asked for. */
public final class JsonMismatch extends SocketIoException {

    private static final long serialVersionUID = 1L;

    JsonMismatch(String wanted, JsonProcessingException cause) {
        super("no " + wanted + ": " + JsonText.fault(cause), cause, false);
    }
}
