/**
 * How many connections each node has, as its {@code /status} says, and what follows from it: which nodes a shrink takes,
 * and which are asked to shed after growth.
 *
 * <p>May import {@code api}.
 */
package io.collabcluster.operator.scaling;
