package io.collabcluster.operator.api;

/**
 * The rule, in CEL, that the managed Redis' volume stays as it is from the specification before to the one now: claims of a
 * StatefulSet are as they were made. It speaks of the whole specification, as a rule of a block holds only where the block
 * was there before and is now.
 */
final class VolumeRule {

    private static final String HERE_NOW = "(!has(self.redis) || !has(self.redis.url) && !has(self.redis.urlSecret))";
    private static final String HERE_BEFORE =
            "(!has(oldSelf.redis) || !has(oldSelf.redis.url) && !has(oldSelf.redis.urlSecret))";
    private static final String NOW = "self.redis.managed.persistence";
    private static final String BEFORE = "oldSelf.redis.managed.persistence";
    private static final String KEPT_NOW =
            "(has(self.redis) && has(self.redis.managed) && has(" + NOW + ") && " + NOW + ".enabled)";
    private static final String KEPT_BEFORE =
            "(has(oldSelf.redis) && has(oldSelf.redis.managed) && has(" + BEFORE + ") && " + BEFORE + ".enabled)";
    private static final String SAME_CLASS = "has(" + NOW + ".storageClassName) == has(" + BEFORE
            + ".storageClassName) && (!has(" + NOW + ".storageClassName) || " + NOW + ".storageClassName == " + BEFORE
            + ".storageClassName)";

    static final String CEL = "!" + HERE_BEFORE + " || !" + HERE_NOW + " || " + KEPT_BEFORE + " == " + KEPT_NOW
            + " && (!" + KEPT_NOW + " || " + NOW + ".size == " + BEFORE + ".size && " + SAME_CLASS + ")";

    private VolumeRule() {}
}
