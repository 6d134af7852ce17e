package io.collabcluster.operator.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.collabcluster.operator.api.CollabCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;

/** CollabClusters to test with, as people write them. */
public final class Clusters {

    private static final String SMALLEST = """
            apiVersion: collabcluster.io/v1alpha1
            kind: CollabCluster
            metadata:
              name: demo
              namespace: team
              uid: 00000000-0000-0000-0000-000000000001
            spec:
              dataSource:
                host: db.example.com
                credentialsSecret:
                  name: demo-db
            """;

    private Clusters() {}

    /** @param spec YAML of more of the specification, not indented */
    public static String yaml(String... spec) {
        StringBuilder yaml = new StringBuilder(SMALLEST);
        for (String part : spec) {
            yaml.append(part.strip().indent(2));
        }
        return yaml.toString();
    }

    /** As the operator gets it from an API server, which has checked it and filled in its defaults. */
    public static CollabCluster of(String... spec) {
        ObjectNode resource = Serialization.unmarshal(yaml(spec), ObjectNode.class);
        List<String> faults = Admission.admit(resource, Optional.empty());
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.toString());
        }
        return Serialization.unmarshal(Serialization.asJson(resource), CollabCluster.class);
    }
}
