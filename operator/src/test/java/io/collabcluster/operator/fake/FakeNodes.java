package io.collabcluster.operator.fake;

import io.collabcluster.operator.scaling.Node;
import io.collabcluster.operator.scaling.NodeClient;
import io.collabcluster.operator.scaling.Reading;
import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Nodes that say what a test has them say; else they run, with no connections. */
@Mock
@Singleton
public class FakeNodes implements NodeClient {

    private final Map<String, Reading> readings = new ConcurrentHashMap<>();
    private final Map<String, Double> sheds = new ConcurrentHashMap<>();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<String, String> refusals = new ConcurrentHashMap<>();
    private volatile Reading usual = running(0);

    public static Reading running(int connections) {
        return new Reading.Answered("running", "", connections, "0.1.0");
    }

    public static Reading paused(String reason) {
        return new Reading.Answered("paused", reason, 0, "0.1.0");
    }

    public void says(String pod, Reading reading) {
        readings.put(pod, reading);
    }

    public void allSay(Reading reading) {
        usual = reading;
    }

    /** How often any node was asked. */
    public int asked() {
        return asked.get();
    }

    /** What nodes were asked to shed, by their pods' names. */
    public Map<String, Double> sheds() {
        return sheds;
    }

    /** Has a node refuse to shed; empty: it agrees again. */
    public void refusesToShed(String pod, String why) {
        if (why.isEmpty()) {
            refusals.remove(pod);
        } else {
            refusals.put(pod, why);
        }
    }

    public Map<String, String> tokens() {
        return tokens;
    }

    public void reset() {
        readings.clear();
        sheds.clear();
        tokens.clear();
        refusals.clear();
        usual = running(0);
    }

    @Override
    public Reading status(Node node) {
        asked.incrementAndGet();
        return readings.getOrDefault(node.pod(), usual);
    }

    @Override
    public Optional<String> shed(Node node, double share, String token) {
        if (refusals.containsKey(node.pod())) {
            return Optional.of(refusals.get(node.pod()));
        }
        sheds.put(node.pod(), share);
        tokens.put(node.pod(), token);
        return Optional.empty();
    }
}
