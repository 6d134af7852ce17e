package io.collabcluster.engineio;

/** The client sent what is no Engine.IO v4 packet; the message says what and where. */
final class PacketException extends Exception {

    private static final long serialVersionUID = 1L;

    PacketException(String message) {
        super(message, null, false, false);
    }
}
