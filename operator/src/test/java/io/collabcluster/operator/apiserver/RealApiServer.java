package io.collabcluster.operator.apiserver;

import io.collabcluster.operator.fake.Crd;
import io.collabcluster.operator.fake.FakeControllers;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An API server of the binaries that {@code KUBEBUILDER_ASSETS} names, with its etcd, on free ports. */
public final class RealApiServer implements QuarkusTestResourceLifecycleManager {

    static final String ASSETS = "KUBEBUILDER_ASSETS";

    private KubeAPIServer server;
    private KubernetesClient client;
    private FakeControllers controllers;

    @Override
    public Map<String, String> start() {
        server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(binaries(Path.of(System.getenv(ASSETS))).toString())
                .withOfflineMode(true)
                .withStartupTimeout(120_000)
                .build());
        server.start();
        Config config = Config.fromKubeconfig(server.getKubeConfigYaml());
        client = new KubernetesClientBuilder().withConfig(config).build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("team")
                        .endMetadata()
                        .build())
                .create();
        define(Crd.DEFINITION);
        AddOns.DEFINITIONS.forEach(this::define);
        controllers = new FakeControllers(client);
        return properties(config);
    }

    private void define(CustomResourceDefinition kind) {
        client.resource(kind).create();
        client.resource(kind).waitUntilCondition(RealApiServer::established, 30, TimeUnit.SECONDS);
    }

    private static boolean established(CustomResourceDefinition crd) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                "Established".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** In the layout that kube-api-test looks for; the version in it is a label, no more. */
    private static Path binaries(Path assets) {
        try {
            Path folder = Path.of("target/kube-api-test").toAbsolutePath();
            String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            String machine = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
            Path link = folder.resolve("k8s/1.99.0-" + system + "-" + machine);
            Files.createDirectories(link.getParent());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, assets.toAbsolutePath());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> properties(Config config) {
        var properties = new HashMap<String, String>();
        String prefix = "quarkus.kubernetes-client.";
        properties.put(prefix + "api-server-url", config.getMasterUrl());
        properties.put(prefix + "namespace", "team");
        put(properties, prefix + "ca-cert-data", config.getCaCertData());
        put(properties, prefix + "ca-cert-file", config.getCaCertFile());
        put(properties, prefix + "client-cert-data", config.getClientCertData());
        put(properties, prefix + "client-cert-file", config.getClientCertFile());
        put(properties, prefix + "client-key-data", config.getClientKeyData());
        put(properties, prefix + "client-key-file", config.getClientKeyFile());
        return properties;
    }

    private static void put(Map<String, String> properties, String name, String value) {
        if (value != null) {
            properties.put(name, value);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(client, new TestInjector.MatchesType(KubernetesClient.class));
        injector.injectIntoFields(controllers, new TestInjector.MatchesType(FakeControllers.class));
    }

    @Override
    public void stop() {
        if (controllers != null) {
            controllers.stop();
        }
        if (client != null) {
            client.close();
        }
        server.stop();
    }
}
