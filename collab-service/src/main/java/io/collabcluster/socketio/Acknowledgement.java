package io.collabcluster.socketio;

/** The answer to one event. Any thread may send it, at most once; what comes later is dropped. */
public interface Acknowledgement {

    /** For an event that asks for none: sending does nothing. */
    Acknowledgement NONE = new Acknowledgement() {
        @Override
        public boolean requested() {
            return false;
        }

        @Override
        public void send(Object... args) {}
    };

    boolean requested();

    /** @throws IllegalArgumentException when an argument can't be written as JSON; then nothing was sent */
    void send(Object... args);
}
