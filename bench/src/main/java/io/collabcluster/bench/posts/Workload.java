package io.collabcluster.bench.posts;

/**
 * Who posts where, and what. Names are numbers, since pgbench can compute no other text.
 *
 * @param authors each has one comment under way at any time
 * @param oneTopic all post on the same topic, and wait for one another at its row; else each has a topic of their own
 */
public record Workload(int authors, boolean oneTopic) {

    static final int FIRST = 1000;
    static final String AUTHOR_NAME = "Ann";
    static final String TEXT = "x".repeat(200);
    /** Client ids are random numbers of 19 digits: no two are the same. */
    static final long LEAST_CLIENT_ID = 1_000_000_000_000_000_000L;

    String author(int index) {
        return Integer.toString(FIRST + index);
    }

    String topic(int index) {
        return Integer.toString(oneTopic ? FIRST : FIRST + index);
    }
}
