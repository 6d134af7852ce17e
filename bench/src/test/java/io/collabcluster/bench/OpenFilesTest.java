package io.collabcluster.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFilesTest {

    @Test
    void enoughIsWithWhatElseIsOpen() {
        assertThat(new OpenFiles(20_500, 20_500).tooFewFor(20_000)).isEmpty();
        assertThat(new OpenFiles(20_499, 30_000).tooFewFor(20_000)).isPresent();
    }

    @Test
    void aHardLimitThatIsTooLowNeedsRoot() {
        assertThat(new OpenFiles(1_024, 4_096).tooFewFor(20_000).orElseThrow())
                .contains("the limit here is 1,024")
                .contains("sudo prlimit --pid $$ --nofile=20500:20500")
                .contains("/etc/security/limits.conf", "* - nofile 20500", "LimitNOFILE=20500");
    }

    @Test
    void readsTheKernelsLine() {
        assertThat(OpenFiles.parsed("Max open files            1024                 524288               files     "))
                .isEqualTo(new OpenFiles(1_024, 524_288));
        assertThat(OpenFiles.parsed("Max open files            1024                 unlimited            files"))
                .isEqualTo(new OpenFiles(1_024, Long.MAX_VALUE));
    }
}
