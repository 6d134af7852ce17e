package io.collabcluster.operator.pod;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The nodes' config.json: what the specification says in the server's own keys, with the keys of {@code spec.config}. */
public final class ConfigJson {

    /** Keys that would put a secret into a ConfigMap, and where it belongs. */
    private static final Map<String, String> SECRETS = Map.of(
            "dataSource.password", "spec.dataSource.credentialsSecret",
            "dataSource.username", "spec.dataSource.credentialsSecret",
            "dburl", "spec.dataSource.urlSecret",
            "redis.password", "spec.redis.passwordSecret",
            "redisServerUrl", "spec.redis",
            "access.jwtSecret", "spec.authorization.jwtSecret",
            "cluster.secret", "nothing: the operator makes one",
            "operator.token", "nothing: the operator makes one");

    /** Keys that are different for each node, or that its container rests on, and why nothing else would work. */
    private static final Map<String, String> EACH_NODES_OWN = Map.of(
            "cluster.id", "all nodes would have the same one, and only one may",
            "cluster.address", "all nodes would name the same one, and not reach each other",
            "cluster.url", "all nodes would name the same one, and not reach each other",
            "host", "probes, balancers and other nodes come to the pod's address");

    private final CollabCluster cluster;
    private final ObjectNode own;

    public ConfigJson(CollabCluster cluster) {
        this.cluster = cluster;
        this.own = new ServerKeys(cluster).json();
    }

    /** Indented, and the same for the same specification. */
    public String text() {
        ObjectNode merged = own.deepCopy();
        merge(merged, cluster.getSpec().config());
        return Serialization.asJson(merged) + "\n";
    }

    /** Why {@code spec.config} can't be taken; the server itself checks the rest of it. */
    public List<SpecFault> faults() {
        var faults = new ArrayList<SpecFault>();
        check("", own, cluster.getSpec().config(), faults);
        return faults;
    }

    private static void check(String path, JsonNode ours, ObjectNode theirs, List<SpecFault> faults) {
        theirs.properties().forEach(member -> {
            String place = path + member.getKey();
            JsonNode there = ours.path(member.getKey());
            if (EACH_NODES_OWN.containsKey(place)) {
                faults.add(new SpecFault("spec.config." + place, EACH_NODES_OWN.get(place), "leave it out"));
            } else if (SECRETS.containsKey(place)) {
                faults.add(new SpecFault(
                        "spec.config." + place, "a ConfigMap is no place for it", "use " + SECRETS.get(place)));
            } else if (place.equals("enableTls")) {
                faults.add(new SpecFault(
                        "spec.config." + place,
                        "the operator's probes and balancers speak plain HTTP",
                        "let the Ingress or Gateway end TLS"));
            } else if (there.isObject() && member.getValue() instanceof ObjectNode inner) {
                check(place + ".", there, inner, faults);
            } else if (!there.isMissingNode()) {
                faults.add(new SpecFault(
                        "spec.config." + place, "the operator sets it", "use " + ServerKeys.fieldOf(place)));
            } else if (member.getValue() instanceof ObjectNode inner) {
                check(place + ".", JsonNodeFactory.instance.objectNode(), inner, faults);
            }
        });
    }

    private static void merge(ObjectNode into, ObjectNode more) {
        more.properties().forEach(member -> {
            if (into.get(member.getKey()) instanceof ObjectNode there
                    && member.getValue() instanceof ObjectNode inner) {
                merge(there, inner);
            } else {
                into.set(member.getKey(), member.getValue());
            }
        });
    }
}
