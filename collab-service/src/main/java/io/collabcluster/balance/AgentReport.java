package io.collabcluster.balance;

import io.collabcluster.status.NodeState;

/** What a node says of itself to HAProxy's agent-check (its manual, {@code agent-check}): one line of ASCII. */
final class AgentReport {

    /** Below it a node takes its full share. */
    private static final int BUSY = 50;

    /** Every change of a weight moves some keys, so there are few. */
    private static final int STEP = 10;

    private AgentReport() {}

    /**
     * @param load how busy the node is, in percent of what it has
     * @return {@code ready} takes back a {@code drain} of before
     */
    static String line(NodeState state, int load) {
        return switch (state) {
            case RUNNING -> "up ready " + share(load) + "%\n";
            // Not down: its sessions stay, and its polling clients must reach it. New ones are better off elsewhere, if
            // there is an elsewhere: when the database is away, every node says the same.
            case PAUSED -> "up ready 1%\n";
            case DRAINING -> "up drain\n";
            case STARTING -> "down #starting\n";
            case STOPPED -> "stopped\n";
        };
    }

    /** 100 until the node is half busy, then down to 10. */
    private static int share(int load) {
        int spare = 100 - Math.clamp(load, BUSY, 100);
        int share = 100 * spare / (100 - BUSY);
        return Math.max(STEP, (share + STEP - 1) / STEP * STEP);
    }
}
