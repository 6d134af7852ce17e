package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How people sign in. Without any of it everyone is a guest, and no one is authenticated. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record AuthorizationSpec(
        @Pattern("^https?://.+/api$") @Size(max = 2048)
        @JsonPropertyDescription(
                "Base URL of the application's REST API, which knows whom a token belongs to; ends in /api.")
        String serverUrl,

        @Pattern("^https?://.+$") @Size(max = 2048)
        @JsonPropertyDescription("Base of the links in e-mails. Left out: serverUrl.")
        String notificationBaseUrl,

        @JsonPropertyDescription("The HMAC secret of JSON Web Tokens, of at least 32 characters.")
        SecretReference jwtSecret,

        @Pattern("^https?://.+$") @Size(max = 2048)
        @JsonPropertyDescription("Where the public keys of JSON Web Tokens are.")
        String jwksUrl,

        @Size(max = 2048) @JsonPropertyDescription("The iss that tokens must have.")
        String issuer,

        @Size(max = 2048) @JsonPropertyDescription("The aud that tokens must name.")
        String audience,

        @JsonPropertyDescription("Private root CAs that these servers are trusted by, PEM.")
        SecretReference trustedCaSecret) {

    public AuthorizationSpec {
        serverUrl = Unset.text(serverUrl);
        notificationBaseUrl = Unset.text(notificationBaseUrl);
        jwtSecret = Unset.or(jwtSecret, SecretReference.NONE);
        jwksUrl = Unset.text(jwksUrl);
        issuer = Unset.text(issuer);
        audience = Unset.text(audience);
        trustedCaSecret = Unset.or(trustedCaSecret, SecretReference.NONE);
    }

    static AuthorizationSpec defaults() {
        return new AuthorizationSpec(null, null, null, null, null, null, null);
    }
}
