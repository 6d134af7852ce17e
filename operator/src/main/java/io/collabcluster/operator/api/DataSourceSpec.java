package io.collabcluster.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The Postgres that the nodes keep their data in; the operator makes none. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(value = "has(self.host) != has(self.urlSecret)", message = "give either host or urlSecret")
@ValidationRule(
        value = "!self.clientCertificate || has(self.tlsSecret)",
        message = "clientCertificate needs tlsSecret, where it is")
@ValidationRule(
        value = "!has(self.urlSecret) || !has(self.credentialsSecret)",
        message = "urlSecret holds role and password, too: leave credentialsSecret out")
public record DataSourceSpec(
        @Size(min = 1, max = 253) @JsonPropertyDescription("Its host. Either this or urlSecret.")
        String host,

        @Default("5432") @Min(1) @Max(65535) @JsonPropertyDescription("Its port.")
        Integer port,

        @Default("mstr_collab") @Size(min = 1, max = 63) @JsonPropertyDescription("The database; it has to exist.")
        String database,

        @JsonPropertyDescription("The Secret with the role's name and its password.")
        CredentialsReference credentialsSecret,

        @JsonPropertyDescription("A Postgres URL instead of host, port and database, e.g. of a replicated Postgres.")
        SecretReference urlSecret,

        @Size(max = 253) @JsonPropertyDescription("A Secret with ca.crt: TLS, and the server's certificate is verified by it.")
        String tlsSecret,

        @Default("false")
        @JsonPropertyDescription("The tlsSecret has tls.crt and tls.key (PKCS8), too, to show to Postgres.")
        Boolean clientCertificate,

        @Default("16") @Min(1) @Max(1000) @JsonPropertyDescription("Most connections of one node at once.")
        Integer poolSize) {

    public DataSourceSpec {
        host = Unset.text(host);
        port = Unset.or(port, 5432);
        database = Unset.or(database, "mstr_collab");
        credentialsSecret = Unset.or(credentialsSecret, CredentialsReference.NONE);
        urlSecret = Unset.or(urlSecret, SecretReference.NONE);
        tlsSecret = Unset.text(tlsSecret);
        clientCertificate = Unset.or(clientCertificate, false);
        poolSize = Unset.or(poolSize, 16);
    }

    static DataSourceSpec defaults() {
        return new DataSourceSpec(null, null, null, null, null, null, null, null);
    }
}
