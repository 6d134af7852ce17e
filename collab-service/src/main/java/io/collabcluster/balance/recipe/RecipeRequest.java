package io.collabcluster.balance.recipe;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What somebody asks a recipe of, as he wrote it. */
public record RecipeRequest(
        Product product,
        Optional<String> version,
        List<String> nodes,
        Mode mode,
        boolean tcp,
        boolean proxyProtocol,
        List<String> trusted,
        Optional<String> tls,
        Optional<String> key,
        List<String> listen,
        OptionalInt agentCheckPort) {}
