package io.collabcluster.balance.recipe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files by which a balancer serves TLS, as the balancer's machine has them.
 *
 * @param file the certificate and its chain, PEM
 * @param key the private key, PEM; empty: it is in {@code file}, too
 */
public record Certificate(String file, Optional<String> key) {

    static final String EXPECTED =
            "/path/of/cert.pem, or /path/of/cert.pem:/path/of/key.pem, without blanks and quotation marks";

    private static final Pattern TEXT = Pattern.compile("([\\w./@+-]+)(?::([\\w./@+-]+))?");

    /** @return empty when it isn't {@link #EXPECTED} */
    public static Optional<Certificate> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Certificate(matcher.group(1), Optional.ofNullable(matcher.group(2))))
                : Optional.empty();
    }
}
