package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret with a name and a password in the CollabCluster's namespace. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CredentialsReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret's name.")
        String name,

        @Default("username") @Size(min = 1, max = 253) @JsonPropertyDescription("The key of the role's name.")
        String usernameKey,

        @Default("password") @Size(min = 1, max = 253) @JsonPropertyDescription("The key of its password.")
        String passwordKey) {

    public CredentialsReference {
        name = Unset.text(name);
        usernameKey = Unset.or(usernameKey, "username");
        passwordKey = Unset.or(passwordKey, "password");
    }

    static final CredentialsReference NONE = new CredentialsReference("", null, null);

    public boolean given() {
        return !name.isEmpty();
    }
}
