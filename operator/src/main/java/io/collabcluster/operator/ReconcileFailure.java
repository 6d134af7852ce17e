package io.collabcluster.operator;

import io.collabcluster.operator.api.CollabClusterStatus;
import java.io.Serial;
import java.util.Optional;

/** Something could not be written: it is tried again, later and later. Carries the status that says so. */
final class ReconcileFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient CollabClusterStatus status;

    ReconcileFailure(String message, CollabClusterStatus status) {
        super(message);
        this.status = status;
    }

    Optional<CollabClusterStatus> status() {
        return Optional.ofNullable(status);
    }
}
