/** The Redis that the nodes share: commands, and publish and subscribe on connections that are proven to work. */
package io.collabcluster.cluster.redis;
