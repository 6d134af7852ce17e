package io.collabcluster.collab;

import java.util.Optional;

/** Whether what people write can be kept now. */
@FunctionalInterface
public interface Availability {

    Availability ALWAYS = Optional::empty;

    /** Empty while it can, else why not, in words for a client. */
    Optional<String> unavailable();
}
