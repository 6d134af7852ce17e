package io.collabcluster.cluster.roster;

import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.JsonBody;
import io.collabcluster.cluster.redis.Names;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The entries in Redis: a hash for each node and group, of members to {@code VERSION VALUE}. It vanishes by itself when its
 * node does not write it again. Any thread.
 */
final class RosterStore {

    static final Duration KEPT = Duration.ofMinutes(2);

    /** Commands under way at once: thousands of groups may have something to say when Redis is back. */
    static final int AT_ONCE = 128;

    /** Commands that wait; what is refused is tried again later by its group. */
    static final int MOST_WAITING = 65_536;

    private static final String WRITE = """
            if ARGV[2] == '1' or redis.call('TYPE', KEYS[1]).ok ~= 'hash' then redis.call('DEL', KEYS[1]) end
            for i = 3, #ARGV, 2 do redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1]) end
            redis.call('PEXPIRE', KEYS[1], ARGV[1])""";

    private record Waiting(Request request, Promise<Response> answer) {}

    private final Commands commands;
    private final Names names;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean sending;

    RosterStore(Commands commands, Names names) {
        this.commands = commands;
        this.names = names;
    }

    /** What a node has stored of a group. */
    Future<Map<String, Entry>> read(String node, String group) {
        return send(Request.cmd(Command.HGETALL).arg(key(node, group))).map(response -> entries(node, response));
    }

    /** @param all nothing else is stored afterwards */
    Future<Void> write(String node, String group, boolean all, Map<String, Entry> entries) {
        var request = Request.cmd(Command.EVAL)
                .arg(WRITE)
                .arg(1)
                .arg(key(node, group))
                .arg(KEPT.toMillis())
                .arg(all ? "1" : "0");
        entries.forEach((member, entry) -> request.arg(member).arg(entry.version() + " " + entry.value()));
        return send(request).mapEmpty();
    }

    Future<Void> forget(String node, String group) {
        return send(Request.cmd(Command.DEL).arg(key(node, group))).mapEmpty();
    }

    Future<Void> erase(String node, String group, Collection<String> members) {
        var request = Request.cmd(Command.HDEL).arg(key(node, group));
        members.forEach(request::arg);
        return send(request).mapEmpty();
    }

    private String key(String node, String group) {
        return names.stored("roster:" + node + ":" + group);
    }

    /** What is not ours is passed over: the next writing of its node mends it. */
    private static Map<String, Entry> entries(String node, Response response) {
        var entries = new HashMap<String, Entry>();
        for (String member : response.getKeys()) {
            String text = response.get(member).toString(StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (member.matches("[\\w-]{1,64}") && text.matches("(?s)[1-9][0-9]{0,17} .*")) {
                String value = text.substring(space + 1);
                if (JsonBody.isObject(value)) {
                    entries.put(member, new Entry(node, Long.parseLong(text.substring(0, space)), value));
                }
            }
        }
        return entries;
    }

    private Future<Response> send(Request request) {
        Promise<Response> answer = Promise.promise();
        synchronized (waiting) {
            if (waiting.size() >= MOST_WAITING) {
                return Future.failedFuture(new IllegalStateException(
                        "more than " + MOST_WAITING + " commands for the roster wait for Redis"));
            }
            waiting.add(new Waiting(request, answer));
        }
        next();
        return answer.future();
    }

    /** A loop, as many may be answered at once. */
    private void next() {
        synchronized (waiting) {
            if (sending) {
                return;
            }
            sending = true;
        }
        for (var turn = take(); turn != null; turn = take()) {
            Waiting now = turn;
            commands.send(now.request()).onComplete(result -> {
                synchronized (waiting) {
                    underWay--;
                }
                now.answer().handle(result);
                next();
            });
        }
    }

    /** Null when nothing waits, or enough is under way. */
    private Waiting take() {
        synchronized (waiting) {
            if (underWay >= AT_ONCE || waiting.isEmpty()) {
                sending = false;
                return null;
            }
            underWay++;
            return waiting.remove();
        }
    }
}
