package io.collabcluster.config;

import io.collabcluster.access.AccessOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code access}, {@code authorizationServerUrl} and {@code trustedCerts}. */
final class AccessRules {

    private final Settings settings;

    AccessRules(Settings settings) {
        this.settings = settings;
    }

    AccessOptions access() {
        List<Path> trusted = settings.get(Keys.TRUSTED_CERTS);
        for (Path file : trusted) {
            try {
                TlsFiles.checkCertificates(file);
            } catch (Mismatch e) {
                settings.fault(Keys.TRUSTED_CERTS, e.getMessage(), e.right());
            }
        }
        boolean tokens = settings.given(Keys.JWT_SECRET) || settings.given(Keys.JWKS_URL);
        if (!tokens && (settings.given(Keys.ISSUER) || settings.given(Keys.AUDIENCE))) {
            settings.warn("access.issuer and access.audience aren't used: there is neither access.jwtSecret nor"
                    + " access.jwksUrl.");
        }
        settings.find(Keys.AUTHORIZATION_SERVER)
                .filter(url -> !url.matches(".*/api/?"))
                .ifPresent(url -> settings.warn("authorizationServerUrl doesn't end in /api: " + url));
        return new AccessOptions(
                settings.find(Keys.JWT_SECRET),
                settings.find(Keys.JWKS_URL),
                settings.find(Keys.ISSUER),
                settings.find(Keys.AUDIENCE),
                Duration.ofSeconds(settings.get(Keys.CLOCK_SKEW)),
                settings.find(Keys.AUTHORIZATION_SERVER),
                settings.get(Keys.AUTHORIZATION_PATH),
                trusted);
    }
}
