package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One key of a Secret in the CollabCluster's namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SecretReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret's name.")
        String name,

        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The key in the Secret.")
        String key) {

    static final SecretReference NONE = new SecretReference("", "");

    public SecretReference {
        name = Unset.text(name);
        key = Unset.text(key);
    }

    public boolean given() {
        return !name.isEmpty();
    }
}
