/**
 * Who is here: the members of topics, what each shows the others, and signals between them. Nothing of it is kept, and
 * each event comes at most once.
 */
package io.collabcluster.collab.presence;
