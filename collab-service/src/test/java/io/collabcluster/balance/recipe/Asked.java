package io.collabcluster.balance.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A request for a recipe, in tests: nodes and a mode, with what the test is about. */
record Asked(RecipeRequest request) {

    static final List<String> NODES = List.of("n001=127.0.0.1:3001", "n002=[::1]:3002", "n003=127.0.0.1:3003@50");

    static Asked of(Product product, Mode mode) {
        return of(product, mode, NODES);
    }

    static Asked of(Product product, Mode mode, List<String> nodes) {
        return new Asked(new RecipeRequest(
                product,
                Optional.empty(),
                nodes,
                mode,
                false,
                false,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty()));
    }

    private Asked with(boolean tcp, boolean proxyProtocol, List<String> trusted, List<String> listen) {
        return new Asked(new RecipeRequest(
                request.product(),
                request.version(),
                request.nodes(),
                request.mode(),
                tcp,
                proxyProtocol,
                trusted,
                request.tls(),
                request.key(),
                listen,
                request.agentCheckPort()));
    }

    private Asked with(Optional<String> version, Optional<String> tls, Optional<String> key, OptionalInt agent) {
        return new Asked(new RecipeRequest(
                request.product(),
                version,
                request.nodes(),
                request.mode(),
                request.tcp(),
                request.proxyProtocol(),
                request.trusted(),
                tls,
                key,
                request.listen(),
                agent));
    }

    Asked tcp(boolean tcp) {
        return with(tcp, request.proxyProtocol(), request.trusted(), request.listen());
    }

    Asked proxyProtocol(boolean on) {
        return with(request.tcp(), on, request.trusted(), request.listen());
    }

    Asked trusted(String... subnets) {
        return with(request.tcp(), request.proxyProtocol(), List.of(subnets), request.listen());
    }

    Asked listen(String... addresses) {
        return with(request.tcp(), request.proxyProtocol(), request.trusted(), List.of(addresses));
    }

    Asked tls(Optional<String> files) {
        return with(request.version(), files, request.key(), request.agentCheckPort());
    }

    Asked version(String version) {
        return with(Optional.of(version), request.tls(), request.key(), request.agentCheckPort());
    }

    Asked key(String name) {
        return with(request.version(), request.tls(), Optional.of(name), request.agentCheckPort());
    }

    Asked agentCheck(int port) {
        return with(request.version(), request.tls(), request.key(), OptionalInt.of(port));
    }

    RecipeReader.Result result() {
        return RecipeReader.read(request);
    }

    String text() {
        RecipeReader.Result result = result();
        assertThat(result).isInstanceOf(RecipeReader.Valid.class);
        return ((RecipeReader.Valid) result).recipe().text();
    }

    List<String> faults() {
        RecipeReader.Result result = result();
        assertThat(result).isInstanceOf(RecipeReader.Refused.class);
        return ((RecipeReader.Refused) result).faults();
    }
}
