/** Signing in over Socket.IO and REST, and what happens when a sign-in ends while the socket is open. */
package io.collabcluster.collab.session;
