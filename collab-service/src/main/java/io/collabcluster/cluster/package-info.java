/**
 * Many nodes as one, through Redis: the adapters that carry broadcasts, the registry of nodes, and the forwarding of
 * requests that reached another node than the one that has their session. Knows nothing of collaboration.
 */
package io.collabcluster.cluster;
