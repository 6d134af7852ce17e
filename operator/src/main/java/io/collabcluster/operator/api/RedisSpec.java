package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The Redis that joins the nodes: one that the operator runs, or one of your own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "[has(self.managed), has(self.url), has(self.urlSecret)].filter(given, given).size() <= 1",
        message = "give one of managed, url and urlSecret, or none for a managed Redis")
@ValidationRule(
        value = "!has(self.passwordSecret) || has(self.url)",
        message = "passwordSecret belongs to url; urlSecret holds the password, and a managed Redis has its own")
@ValidationRule(
        value = "!self.clientCertificate || has(self.tlsSecret)",
        message = "clientCertificate needs tlsSecret, where it is")
@ValidationRule(
        value = "!has(self.tlsSecret) || has(self.url) || has(self.urlSecret)",
        message = "a managed Redis has no TLS: only the nodes reach it")
public record RedisSpec(
        @JsonPropertyDescription(
                "A Redis that the operator runs; what is used where neither url nor urlSecret is given.")
        ManagedRedisSpec managed,

        @Size(max = 2048) @Pattern("^rediss?://[^@]+$") @JsonPropertyDescription("URL of your own Redis, without a password, e.g. redis://redis.example.com:6379.")
        String url,

        @JsonPropertyDescription("Where the URL of your own Redis is, with its password.")
        SecretReference urlSecret,

        @JsonPropertyDescription("The password that url needs.")
        SecretReference passwordSecret,

        @Size(max = 253) @JsonPropertyDescription("A Secret with ca.crt, by which the certificate of a rediss:// server is verified.")
        String tlsSecret,

        @Default("false")
        @JsonPropertyDescription("The tlsSecret has tls.crt and tls.key (PKCS8), too, to show to Redis.")
        Boolean clientCertificate,

        @Default("Classic")
        @JsonPropertyDescription(
                "The format in which broadcasts travel: Classic as @socket.io/redis-adapter by default, Sharded for Redis 7 and later.")
        RedisAdapter adapter,

        @Pattern("^[^ #{}*?\\[\\]]{1,64}$") @JsonPropertyDescription(
                "What the cluster is called in Redis: different ones for CollabClusters that share a Redis. Left out: socket.io.")
        String key) {

    public RedisSpec {
        managed = Unset.or(managed, ManagedRedisSpec::defaults);
        url = Unset.text(url);
        urlSecret = Unset.or(urlSecret, SecretReference.NONE);
        passwordSecret = Unset.or(passwordSecret, SecretReference.NONE);
        tlsSecret = Unset.text(tlsSecret);
        clientCertificate = Unset.or(clientCertificate, false);
        adapter = Unset.or(adapter, RedisAdapter.CLASSIC);
        key = Unset.text(key);
    }

    static RedisSpec defaults() {
        return new RedisSpec(null, null, null, null, null, null, null, null);
    }

    /** Whether the operator runs it. */
    public boolean runsHere() {
        return url.isEmpty() && !urlSecret.given();
    }
}
