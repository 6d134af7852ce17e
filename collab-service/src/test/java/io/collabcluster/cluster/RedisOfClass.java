package io.collabcluster.cluster;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One {@link TestRedis} for all tests of a class, which each of them finds empty. Registered in a static field. */
public final class RedisOfClass implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private TestRedis redis;

    @Override
    public void beforeAll(ExtensionContext context) {
        redis = TestRedis.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        redis.command("FLUSHALL");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        redis.close();
    }

    public TestRedis get() {
        return redis;
    }
}
