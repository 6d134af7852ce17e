package io.collabcluster.operator.apiserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class, and says why, where there are no binaries of an API server. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsApiServer.Binaries.class)
@interface NeedsApiServer {

    /** The condition. */
    final class Binaries implements ExecutionCondition {

        private static final String WHY = "SKIPPED: the suite on a real API server: set " + RealApiServer.ASSETS
                + " to a folder with kube-apiserver, etcd and kubectl (setup-envtest use -p path)";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String assets = System.getenv(RealApiServer.ASSETS);
            if (assets != null && !assets.isBlank()) {
                return ConditionEvaluationResult.enabled(assets);
            }
            if (context.getTestMethod().isEmpty()) {
                System.out.println(WHY);
            }
            return ConditionEvaluationResult.disabled(WHY);
        }
    }
}
