package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.collabcluster.access.AccessOptions;
import io.collabcluster.cluster.ClusterOptions;
import io.collabcluster.cluster.redis.RedisOptions;
import io.collabcluster.collab.CollabOptions;
import io.collabcluster.engineio.EngineOptions;
import io.collabcluster.socketio.SocketIoOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir
    Path folder;

    @Test
    void withNoFileAndNoVariableEverythingIsAtItsDefault() {
        CollabConfig config =
                Read.valid(ConfigReader.read(Optional.empty(), Map.of())).config();

        assertThat(config.standalone()).isTrue();
        assertThat(config.port()).isEqualTo(3000);
        assertThat(config.engine()).isEqualTo(EngineOptions.DEFAULTS);
        assertThat(config.socketio()).isEqualTo(SocketIoOptions.DEFAULTS);
        assertThat(config.access()).isEqualTo(AccessOptions.GUESTS);
        assertThat(config.collab()).isEqualTo(CollabOptions.DEFAULTS);
        assertThat(config.database())
                .isEqualTo(new Database.Embedded(Path.of("data").toAbsolutePath(), 16));
        assertThat(config.tls()).isEmpty();
        assertThat(config.effective()).isEmpty();
    }

    @Test
    void anEmptyObjectIsTheSameAsNoFileButForTheFolderOfTheData() {
        CollabConfig config = read("{}").config();

        assertThat(config.engine()).isEqualTo(EngineOptions.DEFAULTS);
        assertThat(config.database()).isEqualTo(new Database.Embedded(folder.resolve("data"), 16));
    }

    @Test
    void theConfigurationOfAClusterIsTaken() {
        CollabConfig config = read("""
                {"port": 3000, "dataSource": {"username": "mstr_collab", "password": "xxx"}, "logging": true,
                 "authorizationServerUrl": "https://web.example.com/api",
                 "scaling": "horizontal", "redisServerUrl": "redis://redis_host_machine:6379"}""").config();

        ClusterOptions cluster = config.cluster().orElseThrow();
        assertThat(cluster.redis().servers()).containsExactly(new RedisOptions.Server("redis_host_machine", 6379));
        assertThat(cluster.redis().mode()).isEqualTo(RedisOptions.Mode.STANDALONE);
        assertThat(cluster.redis().format()).isEqualTo(RedisOptions.Format.CLASSIC);
        assertThat(cluster.redis().names().key()).isEqualTo("socket.io");
        assertThat(cluster.redis().password()).isEmpty();
        assertThat(cluster.redis().tls()).isEmpty();
        assertThat(cluster.id()).isEmpty();
        assertThat(cluster.port()).isEqualTo(3001);
    }

    @Test
    void theUrlOfARedisCanSayAllThatItNeeds() {
        RedisOptions redis = read("""
                {"dataSource": {}, "scaling": "horizontal", "redisServerUrl": "rediss://ann:p%40ss+@[::1]:6390/3"}""").config().cluster().orElseThrow().redis();

        assertThat(redis.servers()).containsExactly(new RedisOptions.Server("::1", 6390));
        assertThat(redis.username()).contains("ann");
        assertThat(redis.password()).contains("p@ss+");
        assertThat(redis.database()).isEqualTo(3);
        assertThat(redis.tls()).isPresent();
        assertThat(redis.toString()).doesNotContain("p@ss");
    }

    @Test
    void sentinelsAreSeveralServersOnAPortOfTheirOwn() {
        RedisOptions redis = read("""
                {"dataSource": {}, "scaling": "horizontal", "redisServerUrl": "redis://:hush@sentinel1",
                 "redis": {"mode": "sentinel", "nodes": "sentinel2:26380,sentinel3:26381", "master": "collab"}}""").config().cluster().orElseThrow().redis();

        assertThat(redis.servers())
                .containsExactly(
                        new RedisOptions.Server("sentinel1", 26379),
                        new RedisOptions.Server("sentinel2", 26380),
                        new RedisOptions.Server("sentinel3", 26381));
        assertThat(redis.username()).isEmpty();
        assertThat(redis.password()).contains("hush");
        assertThat(redis.master()).isEqualTo("collab");
    }

    @Test
    void theSameConfigurationWithoutTheClusterIsAccepted() {
        CollabConfig config = read("""
                {"port": 3000, "dataSource": {"username": "mstr_collab", "password": "xxx"}, "logging": true,
                 "authorizationServerUrl": "https://web.example.com/api"}""").config();

        assertThat(config.logging()).isTrue();
        assertThat(config.database()).isInstanceOfSatisfying(Database.External.class, external -> {
            assertThat(external.options().username()).isEqualTo("mstr_collab");
            assertThat(external.options().password()).contains("xxx");
            assertThat(external.options().host()).isEqualTo("localhost");
            assertThat(external.options().port()).isEqualTo(5432);
            assertThat(external.options().database()).isEqualTo("mstr_collab");
        });
        assertThat(config.notificationBaseUrl()).contains("https://web.example.com/api");
    }

    @Test
    void everyFaultIsReportedAtOnceWithItsPlace() {
        List<Fault> faults = Read.faults(result("""
                {"port": "3000",
                 "loging": true,
                 "dataSource": {"Host": "db", "port": 99999},
                 "socketio": {"transports": ["polling", "carrier pigeon"]}}"""));

        assertThat(faults)
                .extracting(Fault::path)
                .containsExactly("port", "loging", "dataSource.Host", "dataSource.port", "socketio.transports");
        assertThat(faults.getFirst().where()).endsWith("config.json:1:10");
        assertThat(faults.getFirst().wrong()).isEqualTo("got \"3000\"");
        assertThat(faults.getFirst().right()).isEqualTo("a whole number from 0 to 65535");
        assertThat(faults.get(1).right()).isEqualTo("perhaps \"logging\"");
        assertThat(faults.get(2).right()).isEqualTo("keys are case-sensitive: \"host\"");
        assertThat(faults.get(4).wrong()).isEqualTo("got \"carrier pigeon\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"port\": 3000,}                       | config.json:1:15 | not JSON",
                "{\"port\": 3000 // no }                | config.json:1:15 | not JSON",
                "{\"authorizationServerUrl\": <url>}     | config.json:1:28 | not JSON",
                "[]                                      | config.json:1:1  | got a list",
                "{} {}                                   | config.json:1:4  | text follows",
                "``                                      | config.json      | there is nothing in it",
            })
    void whatIsNoJsonObjectIsSaidWithLineAndColumn(String json, String where, String wrong) {
        Fault fault = Read.fault(result(json));

        assertThat(fault.where()).endsWith(where);
        assertThat(fault.wrong()).startsWith(wrong);
    }

    @Test
    void aFileThatIsNotThereIsAFaultAndStillTheEnvironmentIsChecked() {
        List<Fault> faults = Read.faults(
                ConfigReader.read(Optional.of(folder.resolve("missing.json")), Map.of("COLLAB_PORT", "many")));

        assertThat(faults).extracting(Fault::wrong).containsExactly("there is no such file", "got \"many\"");
    }

    @Test
    void aFolderIsNoConfiguration() {
        assertThat(Read.fault(ConfigReader.read(Optional.of(folder), Map.of())).wrong())
                .isEqualTo("it is a folder");
    }

    @Test
    void aFileThatIsNoUtf8IsAFault() throws IOException {
        Path file = Files.write(folder.resolve("latin.json"), new byte[] {'{', (byte) 0xe4, '}'});

        assertThat(Read.fault(ConfigReader.read(Optional.of(file), Map.of())).wrong())
                .isEqualTo("it isn't UTF-8");
    }

    @Test
    void aFileThatIsNestedTooDeeplyIsAFault() {
        assertThat(Read.fault(result("[".repeat(100_000))).wrong()).contains("nested too deeply");
    }

    @Test
    void aByteOrderMarkIsNoFault() {
        assertThat(read("\uFEFF{\"port\": 4000}").config().port()).isEqualTo(4000);
    }

    @Test
    void aKeyThatStandsThereTwiceIsAFault() {
        Fault fault = Read.fault(result("{\"drain\": {\"window\": 1, \"window\": 2}}"));

        assertThat(fault.path()).isEqualTo("drain.window");
        assertThat(fault.wrong()).contains("second time");
    }

    @Test
    void aKeyAtTheWrongLevelIsShownTheRightOne() {
        assertThat(Read.fault(result("{\"pingTimeout\": 1}")).right())
                .isEqualTo("the key is \"socketio.pingTimeout\", inside of \"socketio\"");
    }

    @Test
    void nullIsNoWayToLeaveAKeyOut() {
        assertThat(Read.fault(result("{\"port\": null}")).right()).endsWith("or leave the key out");
    }

    private ConfigReader.Valid read(String json) {
        return Read.valid(result(json));
    }

    private ConfigReader.Result result(String json) {
        return Read.result(folder, json, Map.of());
    }
}
