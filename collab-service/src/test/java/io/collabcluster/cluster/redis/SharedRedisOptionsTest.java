package io.collabcluster.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.collabcluster.cluster.FreePorts;
import io.collabcluster.cluster.NamedHost;
import io.collabcluster.cluster.Redis7;
import io.collabcluster.cluster.TestRedis;
import io.collabcluster.cluster.redis.RedisException.Kind;
import io.collabcluster.cluster.redis.RedisOptions.Format;
import io.collabcluster.cluster.redis.RedisOptions.Mode;
import io.collabcluster.cluster.redis.RedisOptions.Server;
import io.collabcluster.cluster.redis.RedisOptions.TlsFiles;
import io.collabcluster.config.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to a Redis, and what is said where it can't be the right one. */
class SharedRedisOptionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String PASSWORD = "p@ss:w/ö rd%+";

    private static Vertx vertx;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aPasswordAndADatabase() {
        try (var redis = TestRedis.start("requirepass \"" + PASSWORD + "\"")) {
            var options = new Builder(redis).password(PASSWORD).database(3).build();
            works(options);
            assertThat(fault(new Builder(redis).password("wrong").build()))
                    .hasMessageContaining("refuses the default user")
                    .hasMessageContaining("redis.password");
            assertThat(fault(new Builder(redis).build())).hasMessageContaining("set redis.password");
            assertThat(fault(new Builder(redis).password(PASSWORD).database(99).build()))
                    .hasMessageContaining("DB index is out of range");
        }
    }

    @Test
    void aUserWithAPassword() {
        try (var redis = TestRedis.start(
                "user default off", "user \"a:b\" on >other ~* &* +@all", "user c on >other ~* resetchannels +@all")) {
            works(new Builder(redis).user("a:b").password("other").build());
            assertThat(fault(new Builder(redis).user("b").password("other").build()))
                    .hasMessageContaining("refuses the user \"b\"");
            assertThat(fault(new Builder(redis).user("c").password("other").build()))
                    .hasMessageContaining("forbids it to the user \"c\"");
        }
    }

    @Test
    void aHostWhoseNameNoUriCanHaveIsResolved() {
        var resolving = NamedHost.vertx("redis_host_machine");
        try (var redis = TestRedis.start("requirepass \"" + PASSWORD + "\"")) {
            var builder = new Builder(redis)
                    .at("redis_host_machine", redis.port())
                    .password(PASSWORD)
                    .database(3);
            works(resolving, builder.build());
            var tls = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
            assertThat(fault(builder.tls(tls).build()))
                    .hasMessageContaining("redis_host_machine")
                    .hasMessageContaining("give it another one");
            assertThat(unreachable(new Builder(redis)
                            .at("no_such.invalid", redis.port())
                            .build()))
                    .hasMessageContaining("no_such.invalid");
        } finally {
            resolving.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    @Test
    void aPasswordThatRedisDoesNotAskForDoesNoHarm() {
        try (var redis = TestRedis.start()) {
            works(new Builder(redis).password(PASSWORD).build());
        }
    }

    @Test
    void tlsWithARootAndAClientCertificate(@TempDir Path folder) {
        var server = Certificates.make(folder, "server", "RSA");
        var client = Certificates.make(folder, "client", "EC");
        int port = FreePorts.next();
        try (var redis = Redis7.start(
                "tls-port " + port,
                "tls-cert-file \"" + server.certificate() + '"',
                "tls-key-file \"" + server.privateKey() + '"',
                "tls-ca-cert-file \"" + client.certificate() + '"',
                "requirepass \"" + PASSWORD + '"')) {
            var builder = new Builder(redis).at("localhost", port).password(PASSWORD);
            var right = new TlsFiles(
                    Optional.of(server.certificate()),
                    Optional.of(client.certificate()),
                    Optional.of(client.privateKey()));
            works(builder.tls(right).build());

            var unknownServer = new TlsFiles(Optional.of(client.certificate()), right.certificate(), right.key());
            assertThat(fault(builder.tls(unknownServer).build())).hasMessageContaining("redis.sslRootCertFile");
            var noRoot = new TlsFiles(Optional.empty(), right.certificate(), right.key());
            assertThat(fault(builder.tls(noRoot).build())).hasMessageContaining("redis.sslRootCertFile");
            var noClient = new TlsFiles(right.root(), Optional.empty(), Optional.empty());
            assertThat(fault(builder.tls(noClient).build())).hasMessageContaining("redis.sslClientCertFile");
            var plain =
                    new Builder(redis).at("localhost", port).password(PASSWORD).build();
            assertThat(unreachable(plain)).hasMessageContaining("rediss://");
            var tlsToPlain = new Builder(redis).password(PASSWORD).tls(right).build();
            assertThat(unreachable(tlsToPlain)).hasMessageContaining("redis://");
        }
    }

    @Test
    void aServerThatItsCertificateDoesNotName(@TempDir Path folder) {
        var server = Certificates.make(folder, "server", "RSA");
        int port = FreePorts.next();
        try (var redis = Redis7.start(
                "bind 127.0.0.2 127.0.0.1",
                "tls-port " + port,
                "tls-auth-clients no",
                "tls-cert-file \"" + server.certificate() + '"',
                "tls-key-file \"" + server.privateKey() + '"',
                "tls-ca-cert-file \"" + server.certificate() + '"')) {
            var files = new TlsFiles(Optional.of(server.certificate()), Optional.empty(), Optional.empty());
            works(new Builder(redis).at("127.0.0.1", port).tls(files).build());
            assertThat(fault(new Builder(redis).at("127.0.0.2", port).tls(files).build()))
                    .hasMessageContaining("name the host");
        }
    }

    @Test
    void aSentinelLeadsToTheMasterAndAfterAFailOverToTheNewOne() {
        try (var first = Redis7.start("repl-diskless-sync-delay 0");
                var second = Redis7.start("replicaof 127.0.0.1 " + first.port());
                var sentinel = Redis7.sentinel("mymaster", first)) {
            await().atMost(PATIENCE).until(() -> sentinel.command("SENTINEL", "REPLICAS", "mymaster")
                    .toString()
                    .contains("master-link-status, ok"));
            var bus = new SharedRedis(vertx, Redis7.options(Mode.SENTINEL, Format.CLASSIC, sentinel));
            done(bus.start());
            first.kill();
            await().atMost(PATIENCE).until(() -> !bus.isUp());
            await().atMost(PATIENCE).until(bus::isUp);
            String key = new Names(Names.DEFAULT_KEY).stored("x");
            done(bus.send(Request.cmd(Command.SET).arg(key).arg("1")).toCompletionStage());
            assertThat(second.command("GET", key)).isEqualTo("1");
            var heard = new CompletableFuture<Buffer>();
            done(bus.subscribe("a", heard::complete).active());
            assertThat(second.command("PUBLISH", "a", "x")).isEqualTo(1L);
            assertThat(done(heard).toString()).isEqualTo("x");
            bus.close();
        }
    }

    @Test
    void aMasterThatBecomesAReplicaWithoutClosingIsLeft() {
        try (var first = Redis7.start("repl-diskless-sync-delay 0");
                var second = Redis7.start("replicaof 127.0.0.1 " + first.port());
                var sentinel = Redis7.sentinel("mymaster", first)) {
            await().atMost(PATIENCE).until(() -> sentinel.command("SENTINEL", "REPLICAS", "mymaster")
                    .toString()
                    .contains("master-link-status, ok"));
            var bus = new SharedRedis(vertx, Redis7.options(Mode.SENTINEL, Format.CLASSIC, sentinel));
            done(bus.start());
            assertThat(sentinel.command("SENTINEL", "FAILOVER", "mymaster")).isEqualTo("OK");
            var heard = new CompletableFuture<Buffer>();
            done(bus.subscribe("a", heard::complete).active());
            await().atMost(PATIENCE)
                    .until(() -> second.command("PUBLISH", "a", "x").equals(1L));
            assertThat(done(heard).toString()).isEqualTo("x");
            await().atMost(PATIENCE).until(bus::isUp);
            bus.close();
        }
    }

    @Test
    void aSentinelThatAnswersNonsenseIsAskedAgain() {
        try (var redis = TestRedis.start()) {
            var asked = new AtomicInteger();
            var sentinel = done(vertx.createNetServer()
                    .connectHandler(socket -> socket.handler(request -> {
                        String port = asked.get() < 2 ? "none" : Integer.toString(redis.port());
                        if (request.toString().contains("GET-MASTER-ADDR-BY-NAME")) {
                            asked.incrementAndGet();
                            socket.write("*2\r\n$9\r\n127.0.0.1\r\n$" + port.length() + "\r\n" + port + "\r\n");
                        } else {
                            socket.write("*0\r\n");
                        }
                    }))
                    .listen(0, "127.0.0.1")
                    .toCompletionStage());
            var options = new Builder(redis)
                    .at("127.0.0.1", sentinel.actualPort())
                    .mode(Mode.SENTINEL)
                    .build();
            assertThat(unreachable(options)).hasMessageContaining("could not be set up");
            asked.set(0);
            var bus = new SharedRedis(vertx, options);
            assertThat(catchThrowable(() -> done(bus.start()))).hasCauseInstanceOf(RedisException.class);
            await().atMost(PATIENCE).until(bus::isUp);
            bus.close();
            done(sentinel.close().toCompletionStage());
        }
    }

    @Test
    void aSentinelMayHaveNoPasswordWhereTheRedisHas() {
        try (var redis = Redis7.start("user default off", "user u on >p ~* &* +@all");
                var sentinel = Redis7.sentinel("mymaster", redis)) {
            works(new Builder(sentinel)
                    .mode(Mode.SENTINEL)
                    .user("u")
                    .password("p")
                    .database(2)
                    .build());
        }
    }

    @Test
    void whatStandsBehindTheAddressIsSaid() {
        try (var old = TestRedis.start();
                var redis = Redis7.start();
                var replica = Redis7.start("replicaof 127.0.0.1 " + redis.port());
                var sentinel = Redis7.sentinel("mymaster", redis)) {
            assertThat(fault(new Builder(old).format(Format.SHARDED).build()))
                    .hasMessageContaining("Redis 6")
                    .hasMessageContaining("redis.adapter must be \"classic\"");
            works(new Builder(redis).format(Format.SHARDED).build());
            assertThat(fault(new Builder(redis).mode(Mode.CLUSTER).build()))
                    .hasMessageContaining("redis.mode must be \"standalone\"");
            assertThat(fault(new Builder(redis).mode(Mode.SENTINEL).build())).hasMessageContaining("is not a sentinel");
            assertThat(fault(new Builder(sentinel).build())).hasMessageContaining("is a sentinel");
            assertThat(fault(new Builder(sentinel).mode(Mode.CLUSTER).build()))
                    .hasMessageContaining("is not a node of a Redis Cluster");
            assertThat(fault(new Builder(replica).build())).hasMessageContaining("is a replica");
            assertThat(fault(new Builder(sentinel)
                            .mode(Mode.SENTINEL)
                            .master("other")
                            .build()))
                    .hasMessageContaining("knows no master \"other\"")
                    .hasMessageContaining("redis.master");
        }
        try (var node = Redis7.start("cluster-enabled yes", "cluster-port " + FreePorts.next())) {
            assertThat(fault(new Builder(node).build())).hasMessageContaining("redis.mode must be \"cluster\"");
            assertThat(unreachable(new Builder(node).mode(Mode.CLUSTER).build()))
                    .hasMessageContaining("doesn't cover all slots");
        }
    }

    private static void works(RedisOptions options) {
        works(vertx, options);
    }

    private static void works(Vertx vertx, RedisOptions options) {
        var bus = new SharedRedis(vertx, options);
        done(bus.start());
        var heard = new CompletableFuture<Buffer>();
        done(bus.subscribe("a", heard::complete).active());
        assertThat(done(bus.subscribers("a"))).isEqualTo(1);
        assertThat(bus.publish("a", Buffer.buffer("x"))).isTrue();
        assertThat(done(heard).toString()).isEqualTo("x");
        String info = done(bus.send(Request.cmd(Command.CLIENT).arg("INFO")).toCompletionStage())
                .toString();
        assertThat(info).contains(" db=" + options.database() + " ");
        bus.close();
    }

    private static RedisException fault(RedisOptions options) {
        return fault(options, Kind.MISCONFIGURED);
    }

    private static RedisException unreachable(RedisOptions options) {
        return fault(options, Kind.UNAVAILABLE);
    }

    private static RedisException fault(RedisOptions options, Kind kind) {
        var bus = new SharedRedis(vertx, options);
        try {
            Throwable fault = catchThrowable(() -> done(bus.start())).getCause();
            assertThat(fault).isInstanceOf(RedisException.class);
            for (Throwable t = fault; t != null; t = t.getCause()) {
                assertThat(t.toString()).doesNotContain(PASSWORD);
            }
            assertThat(((RedisException) fault).kind()).as(fault.getMessage()).isEqualTo(kind);
            assertThat(bus.isUp()).isFalse();
            return (RedisException) fault;
        } finally {
            bus.close();
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** What differs from a plain Redis. */
    private record Builder(RedisOptions options) {

        Builder(TestRedis redis) {
            this(redis.options());
        }

        RedisOptions build() {
            return options;
        }

        Builder at(String host, int port) {
            return with(List.of(new Server(host, port)), options.mode(), options.master(), options.database());
        }

        Builder mode(Mode mode) {
            return with(options.servers(), mode, "mymaster", options.database());
        }

        Builder master(String master) {
            return with(options.servers(), options.mode(), master, options.database());
        }

        Builder database(int database) {
            return with(options.servers(), options.mode(), options.master(), database);
        }

        Builder user(String user) {
            return with(Optional.of(user), options.password(), options.tls(), options.format());
        }

        Builder password(String password) {
            return with(options.username(), Optional.of(password), options.tls(), options.format());
        }

        Builder tls(TlsFiles tls) {
            return with(options.username(), options.password(), Optional.of(tls), options.format());
        }

        Builder format(Format format) {
            return with(options.username(), options.password(), options.tls(), format);
        }

        private Builder with(List<Server> servers, Mode mode, String master, int database) {
            return new Builder(new RedisOptions(
                    mode,
                    servers,
                    master,
                    database,
                    options.username(),
                    options.password(),
                    options.tls(),
                    options.format(),
                    options.names()));
        }

        private Builder with(
                Optional<String> username, Optional<String> password, Optional<TlsFiles> tls, Format format) {
            return new Builder(new RedisOptions(
                    options.mode(),
                    options.servers(),
                    options.master(),
                    options.database(),
                    username,
                    password,
                    tls,
                    format,
                    options.names()));
        }
    }
}
