package io.collabcluster.cli.serve;

import io.collabcluster.cluster.redis.Bus;
import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.Names;
import io.collabcluster.cluster.roster.LocalRoster;
import io.collabcluster.cluster.roster.Peers;
import io.collabcluster.cluster.roster.Roster;
import io.collabcluster.cluster.roster.SharedRoster;
import io.collabcluster.collab.topic.TopicNews;
import io.collabcluster.status.ServerMetrics;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the collaboration on this node shares with the other nodes.
 *
 * @param compareHeads how often the heads of the topics are compared with the database. It costs Postgres about 4 ms for a
 *     thousand topics, and is how late a comment can be whose node was killed between commit and announcement
 */
record Sharing(TopicNews news, Roster roster, Duration compareHeads) {

    /** Nothing. */
    static Sharing alone() {
        return new Sharing(TopicNews.NONE, new LocalRoster(), Duration.ofSeconds(5));
    }

    static <R extends Bus & Commands> Sharing over(R redis, Names names, Peers peers, ServerMetrics metrics) {
        var news = new BusTopicNews(redis, names);
        var roster = new SharedRoster(redis, redis, names, peers);
        countGarbage(metrics, "topic", news::dropped);
        countGarbage(metrics, "roster", roster::dropped);
        return new Sharing(news, roster, Duration.ofSeconds(2));
    }

    /** @param of whose channels they came on */
    static void countGarbage(ServerMetrics metrics, String of, LongSupplier dropped) {
        metrics.counter("collab.garbage", "Messages on Redis that were not understood", dropped, "of", of);
    }
}
