package io.collabcluster.collab.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@link PostgresOptions} with the URL taken apart: {@code postgres[ql]://user:password@host:port,host:port/database?sslmode=…}.
 * Several servers are a replicated set, of which the primary is used.
 */
record PostgresTarget(
        List<Server> servers, String database, String username, Optional<String> password, PostgresTls tls) {

    private static final int DEFAULT_PORT = 5432;

    record Server(String host, int port) {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** Throws IllegalArgumentException where the URL is none; the message does not repeat it, as a password may be in it. */
    static PostgresTarget of(PostgresOptions options) {
        return options.url()
                .map(url -> parse(url, options))
                .orElseGet(() -> new PostgresTarget(
                        List.of(new Server(options.host(), options.port())),
                        options.database(),
                        options.username(),
                        options.password(),
                        PostgresTls.of(options, Map.of())));
    }

    /** The servers, for a message. */
    String where() {
        return servers.stream().map(Server::toString).collect(Collectors.joining(", "));
    }

    private static PostgresTarget parse(String url, PostgresOptions options) {
        String rest = url.startsWith("postgres://")
                ? url.substring("postgres://".length())
                : url.startsWith("postgresql://") ? url.substring("postgresql://".length()) : null;
        if (rest == null) {
            throw new IllegalArgumentException("expected a URL that starts with postgres:// or postgresql://");
        }
        Map<String, String> parameters = Map.of();
        int query = rest.indexOf('?');
        if (query >= 0) {
            parameters = parameters(rest.substring(query + 1));
            rest = rest.substring(0, query);
        }
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String database = slash < 0 ? "" : decoded(rest.substring(slash + 1));
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        int colon = user.indexOf(':');
        return new PostgresTarget(
                servers(authority.substring(at + 1)),
                database.isEmpty() ? options.database() : database,
                user.isEmpty() ? options.username() : decoded(colon < 0 ? user : user.substring(0, colon)),
                colon < 0 ? options.password() : Optional.of(decoded(user.substring(colon + 1))),
                PostgresTls.of(options, parameters));
    }

    private static List<Server> servers(String hosts) {
        var servers = new ArrayList<Server>();
        for (String host : hosts.split(",", -1)) {
            int colon = host.lastIndexOf(':');
            boolean port = colon > host.lastIndexOf(']');
            String name = port ? host.substring(0, colon) : host;
            if (name.startsWith("[") && name.endsWith("]")) {
                name = name.substring(1, name.length() - 1);
            }
            if (name.isEmpty()) {
                throw new IllegalArgumentException("expected a host, or several with commas between");
            }
            servers.add(new Server(name, port ? port(host.substring(colon + 1)) : DEFAULT_PORT));
        }
        return List.copyOf(servers);
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("expected a port from 1 to 65535 behind each host's colon");
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new HashMap<String, String>();
        for (String parameter : query.split("&")) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                parameters.put(parameter.substring(0, equals), decoded(parameter.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static Optional<Path> path(String text) {
        return Optional.ofNullable(text).map(Path::of);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return username + "@" + where() + "/" + database;
    }
}
