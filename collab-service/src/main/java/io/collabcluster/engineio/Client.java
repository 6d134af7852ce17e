package io.collabcluster.engineio;

/**
 * Who sent a request, as far as it can be believed.
 *
 * @param address an IP address in its shortest form, without a port; {@code local} where there is none
 * @param secure whether the client came over TLS, to this node or to a trusted balancer
 */
public record Client(String address, boolean secure) {}
