package io.collabcluster.collab.comment;

import java.util.List;

/**
 * Some comments of a topic, oldest first.
 *
 * @param head the topic's last number when they were read
 * @param more whether there are older ones than the first of them
 */
public record CommentPage(String topic, long head, boolean more, List<Comment> comments) {}
