package io.collabcluster.operator.apiserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that the other kind of API server can't run. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RunsOn {

    Class<? extends ApiServer> value();

    /** What the other one lacks. */
    String why();
}
