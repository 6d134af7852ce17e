package io.collabcluster.operator.fake;

import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The context of a reconciliation, as far as making an object looks at it: the Secrets that are there, and the namespace. */
public final class Contexts {

    private Contexts() {}

    @SuppressWarnings("unchecked")
    public static Context<CollabCluster> with(Secret... secrets) {
        return (Context<CollabCluster>) Proxy.newProxyInstance(
                Contexts.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getSecondaryResources") && arguments[0] == Secret.class) {
                        return Set.of(secrets);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Of an operator in that namespace, or in none that it knows of. */
    public static Context<CollabCluster> in(Optional<String> namespace) {
        var configuration = new ConfigBuilder().withAutoConfigure(false).build();
        configuration.setNamespace(namespace.orElse(null));
        var client = answering(KubernetesClient.class, "getConfiguration", configuration);
        return context("getClient", client);
    }

    @SuppressWarnings("unchecked")
    private static Context<CollabCluster> context(String method, Object answer) {
        return answering(Context.class, method, answer);
    }

    private static <T> T answering(Class<T> type, String only, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                Contexts.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(only)) {
                        return answer;
                    }
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    /** A Secret of the cluster's own making. */
    public static Secret owned(CollabCluster cluster, String name, Map<String, String> texts) {
        Secret secret = secret(name, texts);
        secret.addOwnerReference(cluster);
        return secret;
    }

    public static Secret secret(String name, Map<String, String> texts) {
        var data = new TreeMap<String, String>();
        texts.forEach((key, text) ->
                data.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("team")
                .endMetadata()
                .withData(data)
                .build();
    }

    public static String text(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }
}
