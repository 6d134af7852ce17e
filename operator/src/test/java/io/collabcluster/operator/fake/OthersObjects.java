package io.collabcluster.operator.fake;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Set;

/** Objects of somebody else that have the names of those that the operator makes for {@code demo}. */
public final class OthersObjects {

    /** The kind and the object, for {@code CsvSource}. */
    public static final String TABLE = """
            Deployment          | {apiVersion: apps/v1, kind: Deployment, metadata: {name: demo}, spec: {replicas: 0, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: "a:1"}]}}}}
            StatefulSet         | {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: demo-redis}, spec: {replicas: 0, serviceName: a, selector: {matchLabels: {app: a}}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: a, image: "a:1"}]}}}}
            Service             | {apiVersion: v1, kind: Service, metadata: {name: demo}, spec: {selector: {app: a}, ports: [{port: 81}]}}
            Service             | {apiVersion: v1, kind: Service, metadata: {name: demo-nodes}, spec: {selector: {app: a}, ports: [{port: 81}]}}
            ConfigMap           | {apiVersion: v1, kind: ConfigMap, metadata: {name: demo-config}, data: {a: b}}
            Secret              | {apiVersion: v1, kind: Secret, metadata: {name: demo-internal}, data: {a: Yg==}}
            ServiceAccount      | {apiVersion: v1, kind: ServiceAccount, metadata: {name: demo}, automountServiceAccountToken: true}
            PodDisruptionBudget | {apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: demo}, spec: {minAvailable: 7, selector: {matchLabels: {app: a}}}}
            """;

    private OthersObjects() {}

    /** In the client's namespace; as it was stored. */
    public static HasMetadata create(KubernetesClient client, String yaml) {
        // What begins with a brace would be read as JSON.
        HasMetadata object = client.getKubernetesSerialization().unmarshal("---\n" + yaml);
        return client.resource(object).inNamespace(client.getNamespace()).create();
    }

    /** What its owner wrote, and whose it is; without what Kubernetes itself goes on writing. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> written(HasMetadata object) {
        Map<String, Object> written = Serialization.unmarshal(Serialization.asJson(object), Map.class);
        // The latter two some Kubernetes add to a ServiceAccount.
        written.keySet().removeAll(Set.of("status", "secrets", "imagePullSecrets"));
        written.put(
                "metadata",
                new ObjectMetaBuilder()
                        .withName(object.getMetadata().getName())
                        .withUid(object.getMetadata().getUid())
                        .withLabels(object.getMetadata().getLabels())
                        .withOwnerReferences(object.getMetadata().getOwnerReferences())
                        .build());
        return written;
    }
}
