package io.collabcluster.cluster.node;

import io.collabcluster.cluster.redis.Commands;
import io.collabcluster.cluster.redis.Names;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The leases of all nodes, in Redis: a sorted set {@code nodes:leases} of ids by the end of their lease (milliseconds of
 * Redis' clock, the only one that counts; one that is set back, as by a fail-over, makes no lease longer), and a hash {@code nodes:records} of what they say of themselves.
 */
final class Leases {

    private static final Logger LOG = Logger.getLogger(Leases.class);

    /** What stands there and is no lease of ours is taken away: else it would keep every node from renewing its own. */
    private static final String OURS = """
            for i, kind in ipairs({'zset', 'hash', 'string'}) do
              local there = KEYS[i] and redis.call('TYPE', KEYS[i]).ok or 'none'
              if there ~= 'none' and there ~= kind then
                redis.call('DEL', KEYS[i])
              end
            end
            """;

    /** Takes what has ended away, and renews. Keys: leases, records, secret. Arguments: id, uid, lease in ms, record, proposed secret or nothing, least bytes of a secret. */
    private static final String RENEW = OURS + """
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
              redis.call('ZREM', KEYS[1], id)
              redis.call('HDEL', KEYS[2], id)
            end
            local latest = string.format('%.0f', now + ARGV[3])
            for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. latest, '+inf')) do
              redis.call('ZADD', KEYS[1], latest, id)
            end
            local outcome = 'claimed'
            if redis.call('ZSCORE', KEYS[1], ARGV[1]) then
              local read, held = pcall(cjson.decode, redis.call('HGET', KEYS[2], ARGV[1]) or '')
              if read and type(held) == 'table' then
                outcome = held.uid == ARGV[2] and 'renewed' or 'taken'
              end
            end
            if outcome ~= 'taken' then
              redis.call('ZADD', KEYS[1], latest, ARGV[1])
              redis.call('HSET', KEYS[2], ARGV[1], ARGV[4])
            end
            local answer = {outcome, '', 0}
            if ARGV[5] ~= '' then
              local bytes = redis.call('STRLEN', KEYS[3])
              if bytes < tonumber(ARGV[6]) then
                redis.call('SET', KEYS[3], ARGV[5])
                answer[3] = bytes
              end
              answer[2] = redis.call('GET', KEYS[3])
            end
            local ends = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
            for i = 1, #ends, 2 do
              answer[#answer + 1] = ends[i + 1] - now
              answer[#answer + 1] = redis.call('HGET', KEYS[2], ends[i]) or ''
            end
            return answer
            """;

    /** Keys: leases, records. Arguments: id, uid. */
    private static final String END = OURS + """
            local read, held = pcall(cjson.decode, redis.call('HGET', KEYS[2], ARGV[1]) or '')
            if read and type(held) == 'table' and held.uid == ARGV[2] then
              redis.call('ZREM', KEYS[1], ARGV[1])
              redis.call('HDEL', KEYS[2], ARGV[1])
            end
            return 'OK'
            """;

    enum Outcome {
        /** This node had no lease of that id. */
        CLAIMED,
        RENEWED,
        /** Another node has it; nothing was changed. */
        TAKEN
    }

    /** @param left until it ends, unless it is renewed */
    record Lease(NodeRecord node, Duration left) {}

    /**
     * @param replaced how many bytes the secret had that was too short, and so is replaced now; else 0
     * @param live of all nodes, the one who asks among them unless its id is taken
     */
    record Answer(Outcome outcome, String secret, int replaced, List<Lease> live) {

        Optional<NodeRecord> holder(NodeRecord asker) {
            return live.stream()
                    .map(Lease::node)
                    .filter(node -> node.id().equals(asker.id()))
                    .findFirst();
        }
    }

    private final Commands commands;
    private final Names names;
    private final Duration length;

    Leases(Commands commands, Names names, Duration length) {
        this.commands = commands;
        this.names = names;
        this.length = length;
    }

    /** @param secret proposed, where there is none yet; nothing: the nodes have one of their own */
    Future<Answer> renew(NodeRecord self, String secret) {
        return commands.send(Request.cmd(Command.EVAL)
                        .arg(RENEW)
                        .arg(3)
                        .arg(names.stored("nodes:leases"))
                        .arg(names.stored("nodes:records"))
                        .arg(names.stored("nodes:secret"))
                        .arg(self.id().text())
                        .arg(self.uid())
                        .arg(length.toMillis())
                        .arg(self.json().encode())
                        .arg(secret)
                        .arg(NodeSecret.LEAST_BYTES))
                .map(Leases::answer);
    }

    /** Ends the node's own lease, and no other's. */
    Future<Void> end(NodeRecord self) {
        return commands.send(Request.cmd(Command.EVAL)
                        .arg(END)
                        .arg(2)
                        .arg(names.stored("nodes:leases"))
                        .arg(names.stored("nodes:records"))
                        .arg(self.id().text())
                        .arg(self.uid()))
                .mapEmpty();
    }

    private static Answer answer(Response response) {
        var live = new ArrayList<Lease>();
        for (int i = 3; i + 1 < response.size(); i += 2) {
            String record = response.get(i + 1).toString();
            try {
                var left = Duration.ofMillis(response.get(i).toLong());
                live.add(new Lease(NodeRecord.of(new JsonObject(record)), left));
            } catch (RuntimeException e) {
                // Of a version that is not ours, or nobody's: its lease ends as the others' do.
                LOG.debugf("A node's record can't be read: %s", record);
            }
        }
        return new Answer(
                Outcome.valueOf(response.get(0).toString().toUpperCase(Locale.ROOT)),
                response.get(1).toString(),
                response.get(2).toInteger(),
                live);
    }
}
