package io.collabcluster.operator.apiserver;

import io.collabcluster.operator.fake.Crd;
import io.collabcluster.operator.fake.FakeControllers;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.Utils;
import io.fabric8.kubeapitest.binary.OSInfo;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The API server that {@link ApiServer} names: started on free ports, or a cluster's. The tests have a namespace of their own
 * in it, which goes with them, and so do the add-ons' definitions that weren't there. The CollabCluster's own stays:
 * deleting it would delete everybody's.
 */
public final class RealApiServer implements QuarkusTestResourceLifecycleManager {

    private final List<CustomResourceDefinition> addOns = new ArrayList<>();
    private KubeAPIServer server;
    private KubernetesClient client;
    private FakeControllers controllers;

    @Override
    public Map<String, String> start() {
        try {
            return start(ApiServer.of(System.getenv()).orElseThrow());
        } catch (RuntimeException e) {
            try {
                stop();
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private Map<String, String> start(ApiServer named) {
        Path kubeconfig =
                switch (named) {
                    case ApiServer.Cluster cluster -> cluster.kubeconfig();
                    case ApiServer.Binaries binaries -> run(binaries);
                };
        String namespace = "collab-test-" + UUID.randomUUID().toString().substring(0, 8);
        client = connect(kubeconfig, namespace);
        define();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        if (named instanceof ApiServer.Binaries) {
            controllers = new FakeControllers(client);
        }
        return Map.of(
                "quarkus.kubernetes-client.kubeconfig-file", kubeconfig.toString(),
                "quarkus.kubernetes-client.namespace", namespace,
                // In a cluster, others' resources are none of the operator under test's.
                "quarkus.operator-sdk.controllers.collabcluster.namespaces", namespace);
    }

    private Path run(ApiServer.Binaries binaries) {
        Path folder = Path.of("target/kube-api-test").toAbsolutePath();
        try {
            // The layout that kube-api-test looks for; the version in it is a label, no more.
            Path link = folder.resolve("k8s/1.99.0" + Utils.platformSuffix(new OSInfo()));
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, binaries.folder());
            server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(folder.toString())
                    .withOfflineMode(true)
                    .withStartupTimeout(120_000)
                    .build());
            server.start();
            return Files.writeString(folder.resolve("kubeconfig"), server.getKubeConfigYaml());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By what stands in the file alone: nothing of the default kubeconfig, or of the environment. */
    private static KubernetesClient connect(Path kubeconfig, String namespace) {
        try {
            Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
            if (config.getCurrentContext() == null) {
                throw new IllegalArgumentException(kubeconfig + " has no current context: name the one that is meant");
            }
            return new KubernetesClientBuilder()
                    .withConfig(
                            new ConfigBuilder(config).withNamespace(namespace).build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void define() {
        client.resource(Crd.DEFINITION).forceConflicts().serverSideApply();
        AddOns.DEFINITIONS.stream()
                .filter(kind -> client.resource(kind).get() == null)
                .forEach(kind -> addOns.add(client.resource(kind).create()));
        client.resource(Crd.DEFINITION).waitUntilCondition(RealApiServer::established, 30, TimeUnit.SECONDS);
        addOns.forEach(
                kind -> client.resource(kind).waitUntilCondition(RealApiServer::established, 30, TimeUnit.SECONDS));
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(client, new TestInjector.MatchesType(KubernetesClient.class));
        if (controllers != null) {
            injector.injectIntoFields(controllers, new TestInjector.MatchesType(FakeControllers.class));
        }
    }

    @Override
    public void stop() {
        try {
            if (controllers != null) {
                controllers.stop();
            }
            if (client != null) {
                client.namespaces().withName(client.getNamespace()).delete();
                addOns.forEach(kind -> client.resource(kind).delete());
                client.close();
            }
        } finally {
            if (server != null) {
                server.stop();
            }
        }
    }
}
