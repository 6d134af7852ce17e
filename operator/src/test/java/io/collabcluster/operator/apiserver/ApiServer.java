package io.collabcluster.operator.apiserver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API server that the suite runs on. Never the one of a default kubeconfig: only what was named for this. */
sealed interface ApiServer {

    String KUBECONFIG = "COLLAB_TEST_KUBECONFIG";
    String ASSETS = "KUBEBUILDER_ASSETS";

    /** A whole cluster, as its file's current context says: with controllers and machines of its own. */
    record Cluster(Path kubeconfig) implements ApiServer {}

    /** A folder with an API server and its etcd, and nothing else that would make a pod of anything. */
    record Binaries(Path folder) implements ApiServer {}

    /** The cluster, where both are named; empty where neither is. */
    static Optional<ApiServer> of(Map<String, String> environment) {
        Optional<ApiServer> cluster = path(environment, KUBECONFIG).map(ApiServer::cluster);
        return cluster.isPresent() ? cluster : path(environment, ASSETS).map(ApiServer::binaries);
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(value -> Path.of(value).toAbsolutePath());
    }

    private static ApiServer cluster(Path kubeconfig) {
        if (!Files.isRegularFile(kubeconfig) || !Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    KUBECONFIG + ": there is no file " + kubeconfig + " that can be read: name a kubeconfig");
        }
        return new Cluster(kubeconfig);
    }

    private static ApiServer binaries(Path folder) {
        for (String binary : List.of("kube-apiserver", "etcd", "kubectl")) {
            if (!Files.isExecutable(folder.resolve(binary))) {
                throw new IllegalArgumentException(ASSETS + ": there is no " + folder.resolve(binary)
                        + " that can be run: name what setup-envtest use -p path prints");
            }
        }
        return new Binaries(folder);
    }
}
