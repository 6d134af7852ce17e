package io.collabcluster.cli;

/** The server can't start, for a reason that its operator can do something about. Said on one line, without a stack trace. */
public final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    /**
     * @param wrong what is wrong, and where
     * @param remedy what to do about it
     */
    public StartFailure(String wrong, String remedy) {
        this(wrong, remedy, null);
    }

    public StartFailure(String wrong, String remedy, Throwable cause) {
        super(wrong, cause);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
