/**
 * How clients reach the nodes: what each ingress provider, the Gateway API and a load balancer have to be told about
 * sticky sessions and time-outs.
 *
 * <p>May import {@code api}.
 */
package io.collabcluster.operator.exposure;
