/**
 * Who is in which group, on all nodes: entries that belong to a node and go with it. In Redis for whoever comes later, and
 * told to the others as they change.
 */
package io.collabcluster.cluster.roster;
