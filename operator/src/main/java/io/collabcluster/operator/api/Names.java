package io.collabcluster.operator.api;

/** The names of what is made for a CollabCluster: all start with its own. */
public final class Names {

    private Names() {}

    /** Deployment, client Service, Ingress, HTTPRoute, ServiceAccount, HorizontalPodAutoscaler and the like. */
    public static String server(CollabCluster cluster) {
        return cluster.getMetadata().getName();
    }

    /** ConfigMap with config.json. */
    public static String config(CollabCluster cluster) {
        return server(cluster) + "-config";
    }

    /** Secret by which the nodes and the operator know each other. */
    public static String internalSecret(CollabCluster cluster) {
        return server(cluster) + "-internal";
    }

    /** Headless Service, by which nodes and Prometheus find each pod. */
    public static String nodes(CollabCluster cluster) {
        return server(cluster) + "-nodes";
    }

    /** StatefulSet, Service, Secret and NetworkPolicy of the managed Redis. */
    public static String redis(CollabCluster cluster) {
        return server(cluster) + "-redis";
    }

    public static String dashboard(CollabCluster cluster) {
        return server(cluster) + "-dashboard";
    }
}
