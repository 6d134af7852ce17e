/**
 * Topics: the numbered stream of what changed, and its delivery in order to those who are subscribed on this node. Knows
 * nothing of what the changes are about.
 */
package io.collabcluster.collab.topic;
