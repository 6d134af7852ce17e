package io.collabcluster.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A person or program that has signed in.
 *
 * @param userId stable and unique, e.g. the token's {@code sub}; a guest's starts with {@code guest:}
 * @param name shown to others
 * @param groups what the token's {@code groups} claim lists; {@code admin} may edit and delete what others wrote
 * @param expiresAt when the sign-in ends; empty: never
 */
public record Identity(String userId, String name, Set<String> groups, Optional<Instant> expiresAt) {

    public boolean isAdmin() {
        return groups.contains("admin");
    }
}
