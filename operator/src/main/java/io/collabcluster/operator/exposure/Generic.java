package io.collabcluster.operator.exposure;

import java.util.Map;

/** A provider that the operator knows nothing of: what it has to be told stands in the resource. */
record Generic() implements StickyRouting {

    @Override
    public Map<String, String> ingress(Exposure exposure) {
        return Map.of();
    }

    @Override
    public Map<String, String> service(Exposure exposure) {
        return Map.of();
    }
}
