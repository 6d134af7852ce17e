package io.collabcluster.collab.topic;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;

/** Where committed changes can be read again. */
public interface ChangeSource {

    /** At least one change where there is one, at most {@code limit}, and fewer where they are large. */
    Uni<ChangePage> changes(String topic, long after, int limit);

    /** The last number of each topic; a topic that nobody wrote to is left out. */
    Uni<Map<String, Long>> heads(Collection<String> topics);
}
