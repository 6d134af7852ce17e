package io.collabcluster.cluster.node;

import io.collabcluster.engineio.Client;
import io.collabcluster.engineio.NodeId;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * By what a request shows that it comes from a node of the cluster: headers, and their HMAC with the nodes' secret. It
 * holds for this request, of this client, to this node. One who has listened and sends it again gains nothing: it names a
 * session id, with which the public port would serve him too.
 *
 * @param client whom the request came from
 */
record Proof(Client client, String nonce, String code) {

    private static final String CLIENT = "Collab-Client";
    private static final String SCHEME = "Collab-Client-Scheme";
    private static final String NONCE = "Collab-Nonce";
    private static final String CODE = "Collab-Proof";

    private static final String HTTPS = "https";
    private static final String HTTP = "http";

    /** Empty while the secret is not known yet. @param uri with the session's id */
    static Optional<Proof> of(NodeSecret secret, NodeId target, HttpMethod method, String uri, Client client) {
        String nonce = newNonce();
        return secret.sign(text(target, method, uri, client, nonce)).map(code -> new Proof(client, nonce, code));
    }

    /** Takes it out of a request's headers. */
    static Optional<Proof> take(MultiMap headers) {
        String client = headers.get(CLIENT);
        String scheme = headers.get(SCHEME);
        String nonce = headers.get(NONCE);
        String code = headers.get(CODE);
        remove(headers);
        return client == null || scheme == null || nonce == null || code == null
                ? Optional.empty()
                : Optional.of(new Proof(new Client(client, HTTPS.equals(scheme)), nonce, code));
    }

    /** A client can't bring one along. */
    static void remove(MultiMap headers) {
        headers.remove(CLIENT).remove(SCHEME).remove(NONCE).remove(CODE);
    }

    void put(MultiMap headers) {
        headers.set(CLIENT, client.address())
                .set(SCHEME, scheme(client))
                .set(NONCE, nonce)
                .set(CODE, code);
    }

    boolean holds(NodeSecret secret, NodeId self, HttpMethod method, String uri) {
        return secret.sign(text(self, method, uri, client, nonce))
                .filter(right -> MessageDigest.isEqual(bytes(right), bytes(code)))
                .isPresent();
    }

    private static String scheme(Client client) {
        return client.secure() ? HTTPS : HTTP;
    }

    private static String newNonce() {
        byte[] bits = new byte[16];
        new SecureRandom().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** No field can hold a line break: they are those of a request's head. */
    private static String text(NodeId target, HttpMethod method, String uri, Client client, String nonce) {
        return String.join("\n", target.text(), method.name(), uri, client.address(), scheme(client), nonce);
    }
}
