/**
 * The nodes of a cluster: which there are, by leases in Redis, and how they reach one another, over a port of their own.
 * Requests whose session is on another node are forwarded to it.
 */
package io.collabcluster.cluster.node;
