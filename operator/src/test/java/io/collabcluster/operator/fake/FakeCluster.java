package io.collabcluster.operator.fake;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.MockWebServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** A Kubernetes for the operator under test: the fake API server, and what runs on it. */
public final class FakeCluster implements QuarkusTestResourceLifecycleManager {

    /** The user agent of tests, by which their requests are told from the operator's. */
    static final String TESTER = "tester";

    private final FakeApiServer api = new FakeApiServer();
    private KubernetesMockServer server;
    private KubernetesClient client;
    private FakeControllers controllers;

    @Override
    public Map<String, String> start() {
        server = new KubernetesMockServer(
                new io.fabric8.mockwebserver.Context(), new MockWebServer(), new HashMap<>(), api, false);
        server.init();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server.createClient().getConfiguration())
                        .withNamespace("team")
                        .withUserAgent(TESTER)
                        .build())
                .build();
        controllers = new FakeControllers(client);
        return Map.of(
                "quarkus.kubernetes-client.api-server-url",
                        client.getConfiguration().getMasterUrl(),
                "quarkus.kubernetes-client.namespace", "team",
                "quarkus.kubernetes-client.trust-certs", "true");
    }

    public FakeApiServer api() {
        return api;
    }

    /** What a test asks by. */
    public KubernetesClient client() {
        return client;
    }

    /** One more client, e.g. of an operator in that namespace. */
    public KubernetesClient client(String agent, String namespace) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withUserAgent(agent)
                        .withNamespace(namespace)
                        .build())
                .build();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(client, new TestInjector.MatchesType(KubernetesClient.class));
        injector.injectIntoFields(api, new TestInjector.MatchesType(FakeApiServer.class));
        injector.injectIntoFields(controllers, new TestInjector.MatchesType(FakeControllers.class));
    }

    @Override
    public void stop() {
        controllers.stop();
        client.close();
        server.destroy();
    }
}
