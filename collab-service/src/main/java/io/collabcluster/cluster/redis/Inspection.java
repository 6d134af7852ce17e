package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.cluster.redis.RedisOptions.Mode;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a server is what the configuration takes it for. Where it may not be asked, it is believed. */
record Inspection(RedisOptions options, Duration deadline) {

    private static final Pattern VERSION = Pattern.compile("(?m)^redis_version:(\\d+)[^\\r\\n]*");
    private static final Pattern MODE = Pattern.compile("(?m)^redis_mode:(\\w+)");
    private static final Pattern ROLE = Pattern.compile("(?m)^role:(\\w+)");
    private static final int SHARDED_SINCE = 7;

    Future<Line> inspect(Line line) {
        return line.send(Request.cmd(Command.INFO), deadline)
                .map(info -> info.toString())
                .recover(error -> line.fault().forbids(error) ? Future.succeededFuture("") : Future.failedFuture(error))
                .compose(info -> fault(info, RedisFault.at(line.server()))
                        .<Future<Line>>map(Future::failedFuture)
                        .orElseGet(() -> Future.succeededFuture(line)));
    }

    private Optional<RedisException> fault(String info, String at) {
        return mode(info, at).or(() -> version(info, at)).or(() -> role(info, at));
    }

    private Optional<RedisException> mode(String info, String at) {
        String mode = found(MODE, info).orElse("standalone");
        return switch (mode) {
            case "sentinel" ->
                Optional.of(RedisFault.misconfigured(at + " is a sentinel: redis.mode must be \"sentinel\""));
            case "cluster" ->
                options.mode() == Mode.CLUSTER
                        ? Optional.empty()
                        : Optional.of(RedisFault.misconfigured(
                                at + " is a node of a Redis Cluster: redis.mode must be \"cluster\""));
            default -> Optional.empty();
        };
    }

    private Optional<RedisException> version(String info, String at) {
        return options.format() == Format.CLASSIC
                ? Optional.empty()
                : found(VERSION, info)
                        .filter(major -> Integer.parseInt(major) < SHARDED_SINCE)
                        .map(major -> RedisFault.misconfigured(at + " is a Redis " + major
                                + ", which has no sharded publish and subscribe: redis.adapter must be \"classic\", or"
                                + " Redis be 7 or later"));
    }

    private Optional<RedisException> role(String info, String at) {
        if (!found(ROLE, info).orElse("").equals("slave")) {
            return Optional.empty();
        }
        return Optional.of(
                options.mode() == Mode.STANDALONE
                        ? RedisFault.misconfigured(at + " is a replica: redisServerUrl must lead to its master, or"
                                + " redis.mode be \"sentinel\" and redisServerUrl lead to the sentinels")
                        : RedisFault.unavailable(at + " is not the master any more"));
    }

    private static Optional<String> found(Pattern pattern, String info) {
        Matcher matcher = pattern.matcher(info);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
