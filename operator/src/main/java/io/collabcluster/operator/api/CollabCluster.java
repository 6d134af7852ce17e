package io.collabcluster.operator.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import java.io.Serial;
import java.util.Map;
import java.util.Optional;

/** A cluster of collaboration servers, with what it needs to be reached and to keep its nodes together. */
@Group(CollabCluster.GROUP)
@Version("v1alpha1")
@ShortNames("collab")
@Categories("all")
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') && size(self.metadata.name) <= 45",
        message = "the name has to start with a letter, hold only a-z, 0-9 and -, and have at most 45 characters:"
                + " Services are named after it")
public final class CollabCluster extends CustomResource<CollabClusterSpec, CollabClusterStatus> implements Namespaced {

    public static final String GROUP = "collabcluster.io";

    @Serial
    private static final long serialVersionUID = 1;

    /** As the parent's, which has no bounds of its own. */
    @Required
    @Override
    public CollabClusterSpec getSpec() {
        return super.getSpec();
    }

    /** Never fails to be read: see {@link CollabClusterSpec#unreadable}. */
    @JsonDeserialize(using = SpecReader.class)
    @Override
    public void setSpec(CollabClusterSpec spec) {
        super.setSpec(spec);
    }

    /** Empty before the operator has seen the resource for the first time. */
    public Optional<CollabClusterStatus> observed() {
        return Optional.ofNullable(getStatus());
    }

    /** The operator's annotation of that name, if it is there. */
    public Optional<String> annotation(String name) {
        Map<String, String> annotations = getMetadata().getAnnotations();
        return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(name));
    }

    public boolean paused() {
        return annotation(Annotations.PAUSED).filter("true"::equals).isPresent();
    }
}
