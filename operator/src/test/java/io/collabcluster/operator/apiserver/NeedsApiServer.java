package io.collabcluster.operator.apiserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a class, and says why, where no API server is named, and tests that it can't run: see {@link RunsOn}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsApiServer.Named.class)
@interface NeedsApiServer {

    /** The condition. */
    final class Named implements ExecutionCondition {

        private static final String NONE = "SKIPPED: the suite on a real API server: set " + ApiServer.ASSETS
                + " to a folder with kube-apiserver, etcd and kubectl (setup-envtest use -p path), or "
                + ApiServer.KUBECONFIG + " to the kubeconfig of a cluster that you may break";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            Optional<ApiServer> server = ApiServer.of(System.getenv());
            if (server.isEmpty()) {
                return skipped(context.getTestMethod().isEmpty(), NONE);
            }
            return AnnotationSupport.findAnnotation(context.getElement(), RunsOn.class)
                    .filter(test -> !test.value().isInstance(server.get()))
                    .map(test -> skipped(
                            true, "SKIPPED: " + context.getDisplayName() + " on a " + server.get() + ": " + test.why()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("on a " + server.get()));
        }

        private static ConditionEvaluationResult skipped(boolean said, String why) {
            if (said) {
                System.out.println(why);
            }
            return ConditionEvaluationResult.disabled(why);
        }
    }
}
