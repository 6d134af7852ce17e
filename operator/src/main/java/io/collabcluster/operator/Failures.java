package io.collabcluster.operator;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.dependent.DependentResource;
import io.javaoperatorsdk.operator.processing.dependent.workflow.WorkflowReconcileResult;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What went wrong while objects were written, in words. */
final class Failures {

    private Failures() {}

    static List<String> of(WorkflowReconcileResult result) {
        return result.getErroredDependents().entrySet().stream()
                .map(Failures::words)
                .sorted()
                .toList();
    }

    @SuppressWarnings("rawtypes")
    private static String words(Map.Entry<DependentResource, Exception> failure) {
        String kind = failure.getKey().resourceType().getSimpleName();
        return Stream.<Throwable>iterate(failure.getValue(), cause -> cause != null, Throwable::getCause)
                .limit(10)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .findFirst()
                .map(refusal -> refused(kind, refusal))
                .orElse(kind + ": " + failure.getValue().getMessage());
    }

    /** @param what the kind, with the name where the kind doesn't say which */
    static String refused(String what, KubernetesClientException refusal) {
        String said = refusal.getStatus() == null || refusal.getStatus().getMessage() == null
                ? String.valueOf(refusal.getMessage())
                : refusal.getStatus().getMessage();
        return switch (refusal.getCode()) {
            case HttpURLConnection.HTTP_CONFLICT ->
                what + ": somebody else changed it at the same moment; it is tried again (" + said + ")";
            case HttpURLConnection.HTTP_FORBIDDEN ->
                what + ": the operator may not: see the chart's rights (" + said + ")";
            default -> what + ": " + said;
        };
    }
}
