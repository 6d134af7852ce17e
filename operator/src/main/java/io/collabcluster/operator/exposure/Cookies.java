package io.collabcluster.operator.exposure;

import io.collabcluster.operator.api.SameSite;

/** How browsers write what the resource says of a cookie. */
final class Cookies {

    private Cookies() {}

    static String sameSite(SameSite sameSite) {
        return switch (sameSite) {
            case LAX -> "Lax";
            case STRICT -> "Strict";
            case NONE -> "None";
        };
    }
}
