package io.collabcluster.engineio;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Options for a test: the defaults, with what the test is about. */
record OptionsOf(EngineOptions build) {

    OptionsOf(String path) {
        this(at(EngineOptions.DEFAULTS, path));
    }

    private static EngineOptions at(EngineOptions o, String path) {
        return new EngineOptions(
                path,
                o.addTrailingSlash(),
                o.transports(),
                o.allowUpgrades(),
                o.upgradeTimeout(),
                o.pingInterval(),
                o.pingTimeout(),
                o.maxHttpBufferSize(),
                o.perMessageDeflateThreshold(),
                o.httpCompressionThreshold(),
                o.cookie(),
                o.cors(),
                o.limits(),
                o.proxy());
    }

    OptionsOf pings(int intervalMillis, int timeoutMillis) {
        return with(
                build.addTrailingSlash(),
                build.transports(),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                Duration.ofMillis(intervalMillis),
                Duration.ofMillis(timeoutMillis),
                build.maxHttpBufferSize());
    }

    OptionsOf maxHttpBufferSize(int bytes) {
        return with(
                build.addTrailingSlash(),
                build.transports(),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                bytes);
    }

    OptionsOf transports(TransportName... names) {
        return with(
                build.addTrailingSlash(),
                Set.of(names),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize());
    }

    OptionsOf behind(ProxyOptions proxy) {
        return new OptionsOf(new EngineOptions(
                build.path(),
                build.addTrailingSlash(),
                build.transports(),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize(),
                build.perMessageDeflateThreshold(),
                build.httpCompressionThreshold(),
                build.cookie(),
                build.cors(),
                build.limits(),
                proxy));
    }

    OptionsOf noUpgrades() {
        return with(
                build.addTrailingSlash(),
                build.transports(),
                false,
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize());
    }

    OptionsOf upgradeTimeout(int millis) {
        return with(
                build.addTrailingSlash(),
                build.transports(),
                true,
                Duration.ofMillis(millis),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize());
    }

    OptionsOf noTrailingSlash() {
        return with(
                false,
                build.transports(),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize());
    }

    OptionsOf limits(EngineLimits limits) {
        return with(build.perMessageDeflateThreshold(), build.cookie(), build.cors(), limits);
    }

    OptionsOf deflate(int threshold) {
        return with(Optional.of(threshold), build.cookie(), build.cors(), build.limits());
    }

    OptionsOf cookie(EngineOptions.Cookie cookie) {
        return with(build.perMessageDeflateThreshold(), Optional.of(cookie), build.cors(), build.limits());
    }

    OptionsOf cors(EngineOptions.Cors cors) {
        return with(build.perMessageDeflateThreshold(), build.cookie(), Optional.of(cors), build.limits());
    }

    private OptionsOf with(
            boolean addTrailingSlash,
            Set<TransportName> transports,
            boolean allowUpgrades,
            Duration upgradeTimeout,
            Duration pingInterval,
            Duration pingTimeout,
            int maxHttpBufferSize) {
        return new OptionsOf(new EngineOptions(
                build.path(),
                addTrailingSlash,
                transports,
                allowUpgrades,
                upgradeTimeout,
                pingInterval,
                pingTimeout,
                maxHttpBufferSize,
                build.perMessageDeflateThreshold(),
                build.httpCompressionThreshold(),
                build.cookie(),
                build.cors(),
                build.limits(),
                build.proxy()));
    }

    private OptionsOf with(
            Optional<Integer> deflate,
            Optional<EngineOptions.Cookie> cookie,
            Optional<EngineOptions.Cors> cors,
            EngineLimits limits) {
        return new OptionsOf(new EngineOptions(
                build.path(),
                build.addTrailingSlash(),
                build.transports(),
                build.allowUpgrades(),
                build.upgradeTimeout(),
                build.pingInterval(),
                build.pingTimeout(),
                build.maxHttpBufferSize(),
                deflate,
                build.httpCompressionThreshold(),
                cookie,
                cors,
                limits,
                build.proxy()));
    }
}
