/** Comments on a topic: the record, how it is kept, who may change it, its Socket.IO events and its REST resource. */
package io.collabcluster.collab.comment;
