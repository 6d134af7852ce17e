package io.collabcluster.operator.fake;

import io.collabcluster.operator.api.Annotations;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What Kubernetes makes of Deployments and StatefulSets: pods that run at once. A shrink takes the pods that cost the least,
 * as a ReplicaSet does.
 */
public final class FakeControllers {

    private final KubernetesClient client;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final AtomicInteger addresses = new AtomicInteger();
    private volatile boolean podsStart = true;
    private volatile boolean containersStart = true;
    private volatile boolean redisServes = true;

    public FakeControllers(KubernetesClient client) {
        this.client = client;
        informers.add(client.apps().deployments().inAnyNamespace().inform(on(this::run)));
        informers.add(client.apps().statefulSets().inAnyNamespace().inform(on(this::serve)));
    }

    /** Whether new pods run, or wait for an image that can't be pulled. */
    public void podsStart(boolean start) {
        podsStart = start;
    }

    /** Whether the containers of new pods pass their start-up probe. */
    public void containersStart(boolean start) {
        containersStart = start;
    }

    /** Whether the pods of new StatefulSets get ready. */
    public void redisServes(boolean serves) {
        redisServes = serves;
    }

    /** Those that wait pass it now. */
    public void startContainers() {
        containersStart = true;
        client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
                .forEach(pod -> client.resource(new PodBuilder(pod)
                                .editStatus()
                                .editFirstContainerStatus()
                                .withStarted(true)
                                .withReady(true)
                                .endContainerStatus()
                                .editMatchingCondition(condition -> "Ready".equals(condition.getType()))
                                .withStatus("True")
                                .endCondition()
                                .endStatus()
                                .build())
                        .patchStatus());
        client.apps().deployments().inAnyNamespace().list().getItems().forEach(this::run);
    }

    /** For good, once their Deployments have gone: not while pods are being made for one that went meanwhile. */
    public synchronized void deletePods(String namespace) {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
    }

    public void stop() {
        informers.forEach(SharedIndexInformer::close);
    }

    private static <T> ResourceEventHandler<T> on(Consumer<T> controller) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                controller.accept(object);
            }

            @Override
            public void onUpdate(T before, T object) {
                controller.accept(object);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                // The mock collects no garbage either.
            }
        };
    }

    private synchronized void run(Deployment seen) {
        String namespace = seen.getMetadata().getNamespace();
        var resource = client.apps()
                .deployments()
                .inNamespace(namespace)
                .withName(seen.getMetadata().getName());
        Deployment deployment = resource.get();
        if (deployment == null) {
            return;
        }
        Map<String, String> selector = deployment.getSpec().getSelector().getMatchLabels();
        String template = String.valueOf(deployment.getSpec().getTemplate().hashCode());
        List<Pod> pods = pods(namespace, selector);
        pods.stream()
                .filter(pod ->
                        !template.equals(pod.getMetadata().getAnnotations().get("template")))
                .forEach(pod -> client.resource(pod).delete());
        List<Pod> current = new ArrayList<>(pods(namespace, selector));
        int wanted = deployment.getSpec().getReplicas();
        current.sort(Comparator.comparingInt(FakeControllers::cost));
        while (current.size() > wanted) {
            client.resource(current.removeFirst()).delete();
        }
        while (current.size() < wanted) {
            current.add(start(
                    deployment.getMetadata().getName(),
                    namespace,
                    deployment.getSpec().getTemplate(),
                    template));
        }
        int ready = (int) current.stream()
                .filter(pod -> pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> Boolean.TRUE.equals(container.getReady())))
                .count();
        Deployment updated = new DeploymentBuilder(deployment)
                .withNewStatus()
                .withReplicas(wanted)
                .withUpdatedReplicas(wanted)
                .withReadyReplicas(ready)
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .endStatus()
                .build();
        if (!updated.getStatus().equals(deployment.getStatus())) {
            client.resource(updated).patchStatus();
        }
    }

    private static int cost(Pod pod) {
        String cost = pod.getMetadata().getAnnotations().get(Annotations.POD_DELETION_COST);
        return cost == null ? 0 : Integer.parseInt(cost);
    }

    private List<Pod> pods(String namespace, Map<String, String> selector) {
        return client.pods().inNamespace(namespace).withLabels(selector).list().getItems();
    }

    private Pod start(String name, String namespace, PodTemplateSpec template, String hash) {
        int number = addresses.incrementAndGet();
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName(name + "-" + number)
                .withNamespace(namespace)
                .withLabels(template.getMetadata().getLabels())
                .withAnnotations(template.getMetadata().getAnnotations())
                .addToAnnotations("template", hash)
                .endMetadata()
                .withSpec(template.getSpec())
                .withNewStatus();
        Pod started = podsStart
                ? pod.withPhase("Running")
                        .withPodIP("10.0." + number / 256 + "." + number % 256)
                        .addNewContainerStatus()
                        .withName("server")
                        .withStarted(containersStart)
                        .withReady(containersStart)
                        .endContainerStatus()
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus(containersStart ? "True" : "False")
                        .endCondition()
                        .endStatus()
                        .build()
                : pod.withPhase("Pending")
                        .addNewContainerStatus()
                        .withName("server")
                        .withNewState()
                        .withNewWaiting("no such tag", "ErrImagePull")
                        .endState()
                        .endContainerStatus()
                        .endStatus()
                        .build();
        Pod made = client.resource(started).create();
        // A real API server takes no status from whoever creates a pod.
        made.setStatus(started.getStatus());
        return client.resource(made).patchStatus();
    }

    private synchronized void serve(StatefulSet seen) {
        StatefulSet set = client.resource(seen).get();
        if (redisServes
                && set != null
                && (set.getStatus() == null || set.getStatus().getReadyReplicas() == null)) {
            client.resource(new StatefulSetBuilder(set)
                            .withNewStatus()
                            .withReplicas(1)
                            .withReadyReplicas(1)
                            .endStatus()
                            .build())
                    .patchStatus();
        }
    }
}
