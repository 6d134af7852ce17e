package io.collabcluster.engineio;

import java.util.Locale;

/** The cookie that carries the session id, for balancers that hold on to a node by it. */
record SessionCookie(EngineOptions.Cookie cookie) {

    String header(String sid) {
        StringBuilder header = new StringBuilder(cookie.name()).append('=').append(sid);
        cookie.maxAge().ifPresent(age -> header.append("; Max-Age=").append(age.toSeconds()));
        if (!cookie.path().isEmpty()) {
            header.append("; Path=").append(cookie.path());
        }
        if (cookie.httpOnly()) {
            header.append("; HttpOnly");
        }
        if (cookie.secure()) {
            header.append("; Secure");
        }
        if (!cookie.sameSite().isEmpty()) {
            String sameSite = cookie.sameSite().toLowerCase(Locale.ROOT);
            header.append("; SameSite=")
                    .append(Character.toUpperCase(sameSite.charAt(0)))
                    .append(sameSite.substring(1));
        }
        return header.toString();
    }
}
