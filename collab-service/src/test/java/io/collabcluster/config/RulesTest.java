package io.collabcluster.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What more than one key has a part in, and what a key's value must be beyond its type. */
class RulesTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void files() throws IOException {
        Certificates one = Certificates.make(folder, "one", "RSA");
        Certificates.make(folder, "two", "EC");
        Certificates.make(folder, "old", "RSA", "-startdate", "2020/01/01", "-validity", "10");
        Files.writeString(folder.resolve("garbage.pem"), "garbage");
        Files.writeString(
                folder.resolve("encrypted.key"),
                Files.readString(one.privateKey()).replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        Files.writeString(folder.resolve("short.key"), "0011");
        Files.writeString(folder.resolve("db.key"), "00".repeat(32));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'port':-1}|port|got -1|from 0 to 65535",
                "{'port':65536}|port|got 65536|from 0 to 65535",
                "{'port':3000.5}|port|got 3000.5|whole number",
                "{'host':''}|host|got ''|isn't empty",
                "{'logging':'true'}|logging|got 'true'|true or false",
                "{'scaling':'Vertical'}|scaling|got 'Vertical'|one of 'horizontal', 'vertical', 'none'",
                "{'cpus':0}|cpus|got 0|from 1",
                "{'redisServerUrl':'<redis_server_url>'}|redisServerUrl|a placeholder|redis://redis.example.com:6379",
                "{'redisServerUrl':'redis:6379','scaling':'none'}|redisServerUrl|got a text that doesn't fit|redis://redis.example.com:6379",
                "{'scaling':'horizontal'}|redisServerUrl|needs it|redis://HOST:6379",
                "{'scaling':'none','redisServerUrl':'redis://r:6379'}|redisServerUrl|'none' uses no Redis|leave redisServerUrl out",
                "{'scaling':'vertical','redisServerUrl':'redis://r:6379'}|redisServerUrl|'vertical' uses no Redis|leave redisServerUrl out",
                "{'redisServerUrl':'redis://r:6379'}|redisServerUrl|'horizontal' only|leave redisServerUrl out",
                "{'scaling':'horizontal','redisServerUrl':'redis://r'}|dataSource|one node's own|all nodes share",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r:0'}|redisServerUrl|no host in it, or its port|redis://HOST:6379",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r/x'}|redisServerUrl|number of a database|redis://HOST:6379/0",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r/1','redis':{'mode':'cluster'}}|redisServerUrl|number of a database|one database",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'nodes':['b:1']}}|redis.nodes|has one server|'sentinel' or 'cluster'",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'nodes':['b']}}|redis.nodes|got 'b'|HOST:PORT",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'mode':'cluster','nodes':['b:70000']}}|redis.nodes|'b:70000' is no address|HOST:PORT",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'key':'a b'}}|redis.key|got 'a b'|1 to 64 characters",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'adapter':'streams'}}|redis.adapter|got 'streams'|'classic', 'sharded'",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','redis':{'sslRootCertFile':'one.crt'}}|redisServerUrl|the URL says plain|rediss://",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'rediss://r','redis':{'sslRootCertFile':'garbage.pem'}}|redis.sslRootCertFile|garbage.pem|PEM",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'rediss://r','redis':{'sslClientCertFile':'one.crt'}}|redis.sslClientKeyFile|needs it|private key",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','cluster':{'address':'b'}}|cluster.address|got 'b'|HOST:PORT",
                "{'scaling':'horizontal','dataSource':{},'redisServerUrl':'redis://r','cluster':{'secret':'x'}}|cluster.secret|got a text that doesn't fit|at least 32",
                "{'proxy':{'trusted':['10.0.0.0/33']}}|proxy.trusted|got '10.0.0.0/33'|10.0.0.0/8",
                "{'proxy':{'trusted':['balancer']}}|proxy.trusted|got 'balancer'|10.0.0.0/8",
                "{'proxy':{'protocol':true}}|proxy.protocol|nobody to take it from|proxy.trusted",
                "{'operator':{'token':'x'}}|operator.token|got a text that doesn't fit|at least 32",
                "{'authorizationServerUrl':'<web_load_balancer_url>/api'}|authorizationServerUrl|a placeholder|https://app.example.com/api",
                "{'authorizationServerUrl':'ftp://a/api'}|authorizationServerUrl|got 'ftp://a/api'|a URL",
                "{'dburl':'mysql://a/b'}|dburl|got a text that doesn't fit|postgresql://",
                "{'trustedCerts':['missing.pem']}|trustedCerts|there is no file|that is there",
                "{'trustedCerts':['garbage.pem']}|trustedCerts|garbage.pem|PEM",
                "{'trustedCerts':[7]}|trustedCerts|got 7|list of paths",
                "{'dataSource':7}|dataSource|got 7|an object",
                "{'dataSource':{'sslRootCertFile':'missing.pem'}}|dataSource.sslRootCertFile|there is no file|that is there",
                "{'dataSource':{'sslClientCertFile':'one.crt'}}|dataSource.sslClientKeyFile|needs it|private key",
                "{'dataSource':{'sslClientKeyFile':'one.key'}}|dataSource.sslClientCertFile|needs it|certificate",
                "{'dataSource':{'password':'x','encryptionKeyFile':'nokey'}}|dataSource.encryptionKeyFile|there is no key file|collab encrypt",
                "{'dataSource':{'password':'x','encryptionKeyFile':'short.key'}}|dataSource.encryptionKeyFile|must hold 32 bytes|collab encrypt",
                "{'dataSource':{'password':'x','encryptionKeyFile':'db.key'}}|dataSource.password|doesn't decrypt it|collab encrypt",
                "{'dataSource':{'encryptionKeyFile':'db.key'}}|dataSource.password|nothing to decrypt|collab encrypt",
                "{'access':{'jwtSecret':'short'}}|access.jwtSecret|got a text that doesn't fit|at least 32 characters",
                "{'access':{'clockSkew':301}}|access.clockSkew|got 301|to 300, in seconds",
                "{'access':{'authorizationPath':'who'}}|access.authorizationPath|got 'who'|starts with /",
                "{'enableTls':true}|enableTls|neither key nor certificate|privateKeyFile and publicCertFile",
                "{'enableTls':true,'privateKeyFile':'one.key'}|publicCertFile|needs it|PEM",
                "{'enableTls':true,'publicCertFile':'one.crt'}|privateKeyFile|needs it|PEM",
                "{'enableTls':true,'privateKeyFile':'no.key','publicCertFile':'one.crt'}|privateKeyFile|no.key|that is there",
                "{'enableTls':true,'privateKeyFile':'garbage.pem','publicCertFile':'one.crt'}|privateKeyFile|can't be read as PEM|PEM private key",
                "{'enableTls':true,'privateKeyFile':'encrypted.key','publicCertFile':'one.crt'}|privateKeyFile|is encrypted|PKCS12",
                "{'enableTls':true,'privateKeyFile':'two.key','publicCertFile':'one.crt'}|privateKeyFile|isn't the certificate's|was made for",
                "{'enableTls':true,'privateKeyFile':'old.key','publicCertFile':'old.crt'}|privateKeyFile|ended on 2020-01|valid today",
                "{'enableTls':true,'keystoreFile':'one.p12'}|passphrase|needs it|passphrase of keystoreFile",
                "{'enableTls':true,'keystoreFile':'one.p12','passphrase':'wrong'}|keystoreFile|doesn't open|made with",
                "{'enableTls':true,'keystoreFile':'garbage.pem','passphrase':'x'}|keystoreFile|isn't a PKCS12 file|PKCS12",
                "{'drain':{'window':-1}}|drain.window|got -1|in seconds",
                "{'socketio':{'path':'socket.io'}}|socketio.path|got 'socket.io'|starts with /",
                "{'socketio':{'path':'/'}}|socketio.path|can't be served|/socket.io",
                "{'socketio':{'path':'/a/../b'}}|socketio.path|can't be served|/socket.io",
                "{'socketio':{'path':'/a?b'}}|socketio.path|can't be served|/socket.io",
                "{'socketio':{'path':'/api/live/'}}|socketio.path|use of its own for /api|another path",
                "{'socketio':{'transports':[]}}|socketio.transports|got an empty list|'polling' and 'websocket'",
                "{'socketio':{'transports':'webtransport'}}|socketio.transports|got 'webtransport'|'polling' and 'websocket'",
                "{'socketio':{'pingTimeout':0}}|socketio.pingTimeout|got 0|from 1 to 86400000, in milliseconds",
                "{'socketio':{'maxHttpBufferSize':10}}|socketio.maxHttpBufferSize|got 10|from 1024",
                "{'socketio':{'cookie':7}}|socketio.cookie|got 7|false, true, a name, or an object",
                "{'socketio':{'cookie':'a b'}}|socketio.cookie|got 'a b'|a name of letters",
                "{'socketio':{'cookie':{'path':'/;x'}}}|socketio.cookie.path|got '/;x'|starts with /",
                "{'socketio':{'cookie':{'sameSite':'none'}}}|socketio.cookie.secure|browsers drop|true",
                "{'socketio':{'cors':'*'}}|socketio.cors|got '*'|true or false",
                "{'socketio':{'cors':{'origin':'app.example.com'}}}|socketio.cors.origin|isn't an origin|https://app.example.com",
                "{'socketio':{'cors':{'origin':['/(/']}}}|socketio.cors.origin|not a regular expression|/…/",
                "{'socketio':{'cors':{'credentials':true}}}|socketio.cors.origin|together with credentials|by name",
                "{'socketio':{'cors':{'methods':'GET, P@ST'}}}|socketio.cors.methods|got 'P@ST'|list of methods",
                "{'socketio':{'perMessageDeflate':1}}|socketio.perMessageDeflate|got 1|true or false",
                "{'limits':{'pageSize':0}}|limits.pageSize|got 0|from 1",
            })
    void isRefused(String json, String path, String wrong, String right) {
        List<Fault> faults = Read.faults(Read.result(folder, json.replace('\'', '"'), Map.of()));

        assertThat(faults)
                .filteredOn(fault -> fault.path().equals(path))
                .hasSize(1)
                .first()
                .satisfies(fault -> {
                    assertThat(quoted(fault.wrong())).contains(wrong);
                    assertThat(quoted(fault.right())).contains(right);
                });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'scaling':'none','cpus':4}|cpus isn't used",
                "{'dataFolder':'x','dataSource':{}}|dataFolder isn't used",
                "{'dburl':'postgresql://db/c','dataSource':{'host':'x'}}|dburl wins",
                "{'access':{'issuer':'x'}}|access.issuer and access.audience aren't used",
                "{'authorizationServerUrl':'https://app.example.com'}|doesn't end in /api",
                "{'limits':{'outboundBytes':5000}}|larger than limits.outboundBytes",
            })
    void worksButIsWarnedOf(String json, String warning) {
        List<String> warnings = Read.valid(Read.result(folder, json.replace('\'', '"'), Map.of()))
                .warnings();

        assertThat(warnings).singleElement().asString().contains(warning);
    }

    @Test
    void thePathLosesTheSlashesAtItsEnd() {
        assertThat(config("{'socketio':{'path':'/live/socket.io/'}}").engine().path())
                .isEqualTo("/live/socket.io");
    }

    @Test
    void scalingNoneHasOneEventLoopAndVerticalAsManyAsAsked() {
        assertThat(config("{'scaling':'none'}").cpus()).isEqualTo(1);
        assertThat(config("{'scaling':'vertical','cpus':5}").cpus()).isEqualTo(5);
        assertThat(config("{'cpus':5}").scaling()).isEqualTo(Scaling.VERTICAL);
        assertThat(config("{'cpus':1}").scaling()).isEqualTo(Scaling.NONE);
    }

    @Test
    void theKeystoreWinsOverThePemFiles() {
        assertThat(config("{'enableTls':true,'keystoreFile':'two.p12','passphrase':'not in any log',"
                                + "'privateKeyFile':'missing','publicCertFile':'missing'}")
                        .tls())
                .contains(new Tls.Pkcs12(folder.resolve("two.p12"), "not in any log"));
    }

    @Test
    void anEncryptedPasswordIsDecrypted() throws IOException, GeneralSecurityException {
        String encrypted = PasswordCipher.ofKeyFile(folder.resolve("db.key")).encrypt("pässword");

        CollabConfig config = config("{'dataSource':{'password':'" + encrypted + "','encryptionKeyFile':'db.key'}}");

        assertThat(((Database.External) config.database()).options().password()).contains("pässword");
    }

    @Test
    void originTrueAnswersTheRequestsOwnAndFalseTurnsCorsOff() {
        assertThat(config("{'socketio':{'cors':{'origin':true,'credentials':true}}}")
                        .engine()
                        .cors())
                .hasValueSatisfying(cors -> assertThat(cors.reflect()).isTrue());
        assertThat(config("{'socketio':{'cors':{'origin':false}}}").engine().cors())
                .isEmpty();
    }

    @Test
    void secretsAreInNoMessageAndInNoText() {
        String json = "{'access':{'jwtSecret':'hush'},'dburl':'oops://ann:hush@db','passphrase':7,"
                + "'redisServerUrl':'http://:hush@redis','dataSource':{'password':''}}";
        assertThat(Read.faults(Read.result(folder, json.replace('\'', '"'), Map.of())))
                .hasSize(5)
                .allSatisfy(fault -> assertThat(fault.toString()).doesNotContain("hush"));

        assertThat(Read.fault(Read.result(folder, "{\"passphrase\": hush}", Map.of()))
                        .wrong())
                .contains("a word without quotes")
                .doesNotContain("hush");

        CollabConfig config = config("{'access':{'jwtSecret':'hush hush hush hush hush hush hush hush'},"
                + "'dataSource':{'password':'hush'},'dburl':'postgresql://ann:hush@db/collab',"
                + "'enableTls':true,'keystoreFile':'one.p12','passphrase':'not in any log'}");
        assertThat(config.toString() + config.access() + config.database() + config.tls() + config.effective())
                .doesNotContain("hush", "not in any log")
                .contains("***");
    }

    private static String quoted(String text) {
        return text.replace('"', '\'');
    }

    private static CollabConfig config(String json) {
        return Read.valid(Read.result(folder, json.replace('\'', '"'), Map.of()))
                .config();
    }
}
