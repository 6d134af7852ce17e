package io.collabcluster.cluster.redis;

import io.collabcluster.cluster.redis.RedisException.Kind;
import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.collabcluster.cluster.redis.RedisOptions.TlsFiles;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Makes what the client says of a failure into what a person can mend. */
record RedisFault(RedisOptions options) {

    private static final Pattern MOVED = Pattern.compile("\\bMOVED (\\d+) ");

    private static final String FORBIDDEN = " forbids it to ";

    RedisException explain(Throwable error, Server server) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case RedisException known -> {
                    return known;
                }
                case ErrorType answer -> {
                    return answered(answer.getMessage(), at(server));
                }
                case SSLException tls -> {
                    return misconfigured("TLS with " + at(server) + " fails: " + tls.getMessage() + tlsHint(tls));
                }
                case TimeoutException _ -> {
                    return unavailable(
                            at(server) + " doesn't answer" + (options.tls().isPresent() ? closedHint() : ""), error);
                }
                default -> {}
            }
        }
        return unavailable("there is no connection to " + at(server) + ": " + error.getMessage() + closedHint(), error);
    }

    boolean forbids(Throwable error) {
        return error.getMessage() != null && error.getMessage().contains(FORBIDDEN);
    }

    private RedisException answered(String answer, String at) {
        String code = answer.split(" ", 2)[0];
        return switch (code) {
            case "WRONGPASS" ->
                misconfigured(at + " refuses " + who() + " with this password: redis.username and"
                        + " redis.password, or those in redisServerUrl, must be a user of it and the user's password");
            case "NOAUTH" -> misconfigured(at + " wants a password: set redis.password");
            case "NOPERM" ->
                misconfigured(at + FORBIDDEN + who() + ": " + answer + ". The user needs the commands, keys"
                        + " and channels of the cluster (~* &* +@all gives them)");
            case "DENIED" -> misconfigured(at + " takes connections of its own machine only: " + answer);
            case "CONNECTION_CLOSED" -> unavailable(at + " has closed the connection" + closedHint());
            case "READONLY" -> unavailable(at + " is a replica");
            case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN" -> unavailable(at + " answers: " + answer);
            default -> other(answer, at);
        };
    }

    private RedisException other(String answer, String at) {
        if (MOVED.matcher(answer).find()) {
            return new RedisException(Kind.MOVED, at + " answers: " + answer);
        }
        if (answer.contains("cluster support disabled") || answer.startsWith("ERR unknown command 'cluster'")) {
            return misconfigured(at + " is not a node of a Redis Cluster: redis.mode must be \"standalone\" or"
                    + " \"sentinel\", or redisServerUrl lead to a cluster");
        }
        if (answer.contains("DB index")) {
            return misconfigured(at + " answers: " + answer
                    + " (the number at the end of redisServerUrl must be below the server's \"databases\")");
        }
        if (answer.contains("AUTH") && answer.contains("without any password")) {
            return misconfigured(at + " has no password: leave redis.password out");
        }
        if (answer.contains("unknown command")
                && answer.toUpperCase(Locale.ROOT).contains("SENTINEL")) {
            return misconfigured(at + " is not a sentinel: redis.mode must be \"standalone\" or \"cluster\", or"
                    + " redisServerUrl lead to a sentinel");
        }
        return new RedisException(Kind.REFUSED, at + " answers: " + answer);
    }

    private String who() {
        return options.username().map(name -> "the user \"" + name + "\"").orElse("the default user");
    }

    private String tlsHint(SSLException error) {
        if (error instanceof NotSslRecordException) {
            return " (where it has no TLS, redisServerUrl begins with redis://)";
        }
        if (error.getMessage().contains("certificate_required")
                || error.getMessage().contains("alert")) {
            return " (it may want a certificate that it trusts: redis.sslClientCertFile and redis.sslClientKeyFile)";
        }
        return options.tls().flatMap(TlsFiles::root).isPresent()
                ? " (its certificate must be signed by redis.sslRootCertFile, and name the host)"
                : " (is redis.sslRootCertFile missing?)";
    }

    private String closedHint() {
        return options.tls().isPresent()
                ? " (where it has no TLS, redisServerUrl begins with redis://)"
                : " (where it wants TLS, redisServerUrl begins with rediss://)";
    }

    static String at(Server server) {
        return "Redis at " + server.host() + ":" + server.port();
    }

    static RedisException misconfigured(String message) {
        return new RedisException(Kind.MISCONFIGURED, message);
    }

    static RedisException unavailable(String message) {
        return new RedisException(Kind.UNAVAILABLE, message);
    }

    static RedisException unavailable(String message, Throwable cause) {
        return new RedisException(Kind.UNAVAILABLE, message, Optional.of(cause));
    }
}
