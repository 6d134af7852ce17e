package io.collabcluster.it;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Adds what the nodes have written to the failure of a test. */
record NodeLogs(Supplier<ClusterOfNodes> cluster) implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        failure.addSuppressed(new AssertionError(cluster.get().output()));
        throw failure;
    }
}
