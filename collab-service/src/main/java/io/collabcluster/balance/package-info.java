/**
 * Where a client should go: the list of servers that it may choose from, in rendezvous order; what HAProxy's agent-check
 * is told; and, in {@code recipe}, whole configurations of nginx and HAProxy. May import {@code status}, {@code config}
 * and what lies below them.
 */
package io.collabcluster.balance;
