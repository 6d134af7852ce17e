package io.collabcluster.operator.api;

import java.util.Map;
import java.util.TreeMap;

/** The labels of what the operator makes. Selectors are made of those that never change. */
public final class Labels {

    public static final String NAME = "app.kubernetes.io/name";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String PART_OF = "app.kubernetes.io/part-of";

    public static final String OPERATOR = "collab-operator";
    /** What the operator watches of each kind: no more than what it made. */
    public static final String MANAGED = MANAGED_BY + "=" + OPERATOR;

    public static final String SERVER = "server";
    public static final String REDIS = "redis";

    private Labels() {}

    /** Of a selector, which must never change. */
    public static Map<String, String> selector(CollabCluster cluster, String component) {
        return new TreeMap<>(
                Map.of(NAME, "collab-cluster", INSTANCE, cluster.getMetadata().getName(), COMPONENT, component));
    }

    /** Of every object. */
    public static Map<String, String> of(CollabCluster cluster, String component) {
        Map<String, String> labels = selector(cluster, component);
        labels.put(MANAGED_BY, OPERATOR);
        labels.put(PART_OF, "collab-cluster");
        return labels;
    }

    /** The text form of a selector: {@code a=b,c=d}. */
    public static String text(Map<String, String> selector) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(selector).forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                .append(key)
                .append('=')
                .append(value));
        return text.toString();
    }
}
