package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** How a client stays with its node. Nodes forward stray requests to each other, so that it saves a hop, and no more. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "self.mode == 'HashKey' ? has(self.key) : !has(self.key)",
        message = "mode HashKey needs key, and no other mode has one")
@ValidationRule(
        value = "!has(self.key) || self.key != 'sid'",
        message = "the first request of a session has no sid yet: hash something that the client knows")
public record StickySpec(
        @Default("Auto")
        @JsonPropertyDescription(
                "Auto: a cookie where the provider sets one, the client's address for a load balancer, else none.")
        StickyMode mode,

        @Default("collab-route") @Pattern("^[A-Za-z0-9_-]{1,64}$") @JsonPropertyDescription("The cookie's name.")
        String cookieName,

        @Default("172800") @Min(60) @Max(31536000) @JsonPropertyDescription("How long browsers keep it.")
        Integer cookieMaxAgeSeconds,

        @Default("Lax") @JsonPropertyDescription("None where pages of other sites embed the comments, which needs TLS.")
        SameSite sameSite,

        @Size(max = 64) @Pattern("^[A-Za-z0-9_-]{1,64}$") @JsonPropertyDescription(
                "The query parameter to hash, which the client sends from its first request on, e.g. the document's id.")
        String key) {

    public StickySpec {
        mode = Unset.or(mode, StickyMode.AUTO);
        cookieName = Unset.or(cookieName, "collab-route");
        cookieMaxAgeSeconds = Unset.or(cookieMaxAgeSeconds, 172800);
        sameSite = Unset.or(sameSite, SameSite.LAX);
        key = Unset.text(key);
    }

    static StickySpec defaults() {
        return new StickySpec(null, null, null, null, null);
    }
}
