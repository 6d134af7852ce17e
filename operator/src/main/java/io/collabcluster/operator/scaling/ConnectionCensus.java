package io.collabcluster.operator.scaling;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What every node says of itself, all asked at once. */
public final class ConnectionCensus {

    /** Above the deadline of one call: for what hangs in spite of it. */
    private static final long DEADLINE_SECONDS = 6;

    private final NodeClient client;

    public ConnectionCensus(NodeClient client) {
        this.client = client;
    }

    /** By the pods' names; pods that can't be asked yet are left out. */
    public Map<String, Reading> take(List<Pod> pods) {
        var asked = new TreeMap<String, Future<Reading>>();
        var readings = new TreeMap<String, Reading>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            for (Pod pod : pods) {
                Node.of(pod).ifPresent(node -> asked.put(node.pod(), threads.submit(() -> client.status(node))));
            }
            asked.forEach((pod, answer) -> readings.put(pod, await(answer, deadline)));
        } finally {
            threads.shutdownNow();
        }
        return readings;
    }

    private static Reading await(Future<Reading> answer, long deadline) {
        try {
            return answer.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Reading.Unreachable("/status does not answer in time");
        } catch (ExecutionException e) {
            return new Reading.Unreachable("/status can't be read: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Unreachable("the operator stops");
        }
    }
}
