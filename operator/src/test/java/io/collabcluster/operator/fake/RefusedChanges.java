package io.collabcluster.operator.fake;

/** Changes that an API server refuses, each the specification before and after, for {@code CsvSource}; and the messages. */
public final class RefusedChanges {

    public static final String VOLUME =
            "the volume of the managed Redis can't be added, removed or changed: use another CollabCluster, or a Redis of"
                    + " your own";
    public static final String OF_THE_VOLUME = """
            redis: {managed: {persistence: {enabled: true, size: 1Gi}}} | redis: {managed: {persistence: {enabled: true, size: 2Gi}}}
            redis: {managed: {persistence: {enabled: true}}} | redis: {managed: {persistence: {enabled: true, storageClassName: fast}}}
            redis: {managed: {persistence: {enabled: true}}} | redis: {managed: {persistence: {enabled: false}}}
            redis: {managed: {persistence: {enabled: true}}} | redis: {managed: {}}
            redis: {managed: {persistence: {enabled: true}}} | replicas: 3
            replicas: 3         | redis: {managed: {persistence: {enabled: true}}}
            redis: {key: other} | redis: {managed: {persistence: {enabled: true}}}
            """;
    public static final String CLASS =
            "a load balancer's class can't be changed while there is one: set type to None first";
    public static final String OF_THE_CLASS = """
            exposure: {type: LoadBalancer, className: a} | exposure: {type: LoadBalancer, className: b}
            exposure: {type: LoadBalancer, className: a} | exposure: {type: LoadBalancer}
            exposure: {type: LoadBalancer}               | exposure: {type: LoadBalancer, className: b}
            """;

    private RefusedChanges() {}
}
