package io.collabcluster.engineio;

import java.util.List;

/**
 * The balancers in front of a node.
 *
 * @param trusted whose word on a client's address is taken
 * @param protocol whether they speak the PROXY protocol
 */
public record ProxyOptions(List<Subnet> trusted, boolean protocol) {

    public static final ProxyOptions NONE = new ProxyOptions(List.of(), false);
}
