/** Whole configurations of nginx and HAProxy for a cluster, with the reason for each setting. */
package io.collabcluster.balance.recipe;
