package io.collabcluster.operator.api;

/** Parts of the rule about the managed Redis' volume, in CEL: each holds where blocks were left out, before or now. */
final class RunsHere {

    static final String NOW = "!has(self.redis) || !has(self.redis.url) && !has(self.redis.urlSecret)";
    static final String BEFORE = "!has(oldSelf.redis) || !has(oldSelf.redis.url) && !has(oldSelf.redis.urlSecret)";
    static final String VOLUME_NOW = "has(self.redis) && has(self.redis.managed) && has(self.redis.managed.persistence)"
            + " && self.redis.managed.persistence.enabled";
    static final String VOLUME_BEFORE =
            "has(oldSelf.redis) && has(oldSelf.redis.managed) && has(oldSelf.redis.managed.persistence)"
                    + " && oldSelf.redis.managed.persistence.enabled";
    private static final String OURS = "self.redis.managed.persistence";
    private static final String THEIRS = "oldSelf.redis.managed.persistence";
    static final String SAME_VOLUME = OURS + ".size == " + THEIRS + ".size && has(" + OURS
            + ".storageClassName) == has(" + THEIRS + ".storageClassName) && (!has(" + OURS + ".storageClassName) || "
            + OURS + ".storageClassName == " + THEIRS + ".storageClassName)";

    private RunsHere() {}
}
