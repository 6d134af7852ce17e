package io.collabcluster.config;

import io.collabcluster.cluster.redis.RedisOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code redis[s]://[[user]:password@]host[:port][/database]}, as IANA has it registered. The host may have underscores in
 * it, which {@link URI#getHost} does not know of.
 *
 * @param database the path, without its slash
 */
record RedisUrl(
        boolean tls,
        Optional<String> user,
        Optional<String> password,
        String host,
        Optional<Integer> port,
        String database) {

    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:]+)(?::(\\d{1,5}))?");
    private static final int MOST = 65_535;

    /** @param text a URI with an authority, e.g. as {@link Type.Url} takes it */
    static Optional<RedisUrl> parse(String text) {
        URI uri = URI.create(text);
        String authority = uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String[] info = at < 0 ? new String[] {""} : authority.substring(0, at).split(":", 2);
        Matcher server = SERVER.matcher(authority.substring(at + 1));
        if (!server.matches() || !isPort(server.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new RedisUrl(
                uri.getScheme().equals("rediss"),
                given(info[0]),
                info.length > 1 ? given(info[1]) : Optional.empty(),
                unbracketed(server.group(1)),
                Optional.ofNullable(server.group(2)).map(Integer::valueOf),
                Optional.ofNullable(uri.getPath()).orElse("").replaceFirst("^/", "")));
    }

    /** {@code HOST:PORT}. */
    static Optional<RedisOptions.Server> server(String text) {
        Matcher server = SERVER.matcher(text);
        return server.matches() && server.group(2) != null && isPort(server.group(2))
                ? Optional.of(new RedisOptions.Server(unbracketed(server.group(1)), Integer.parseInt(server.group(2))))
                : Optional.empty();
    }

    private static boolean isPort(String digits) {
        return digits == null || Integer.parseInt(digits) <= MOST && Integer.parseInt(digits) > 0;
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Optional<String> given(String encoded) {
        // A plus is a plus: this is no form.
        return Optional.of(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> !text.isEmpty());
    }
}
