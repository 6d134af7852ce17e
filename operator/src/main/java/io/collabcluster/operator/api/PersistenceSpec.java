package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** The volume of the managed Redis. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record PersistenceSpec(
        @Default("false") @JsonPropertyDescription("Keep the data on a volume.")
        Boolean enabled,

        @Default("1Gi")
        @Pattern("^[1-9][0-9]*(Ki|Mi|Gi|Ti|k|M|G|T)?$") @Size(max = 20) @JsonPropertyDescription("The volume's size.")
        String size,

        @Size(max = 253) @JsonPropertyDescription("Its storage class. Left out: the cluster's default.")
        String storageClassName) {

    public PersistenceSpec {
        enabled = Unset.or(enabled, false);
        size = Unset.or(size, "1Gi");
        storageClassName = Unset.text(storageClassName);
    }

    static PersistenceSpec defaults() {
        return new PersistenceSpec(null, null, null);
    }
}
