package io.collabcluster.bench.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchReportTest {

    private static final String CURRENT = """
            pgbench (15.18 (Debian 15.18-0+deb12u1), server 17.11)
            transaction type: post.sql
            scaling factor: 1
            query mode: prepared
            number of clients: 64
            number of threads: 2
            maximum number of tries: 1
            duration: 15 s
            number of transactions actually processed: 81234
            number of failed transactions: 0 (0.000%)
            latency average = 11.818 ms
            initial connection time = 171.221 ms
            tps = 5415.609310 (without initial connection time)
            0m0.001000s 0m0.002000s
            1m2.500000s 0m3.250000s
            """;

    @Test
    void transactionsRateAndTimesAreRead() {
        var report = PgbenchReport.parse(CURRENT);
        assertThat(report.transactions()).isEqualTo(81_234);
        assertThat(report.rate()).isEqualTo(5415.60931);
        assertThat(report.cpuSeconds()).isEqualTo(65.75);
    }

    @Test
    void theWordsOfAnOlderVersionAndOfAnotherShellAreRead() {
        var report = PgbenchReport.parse("""
                number of transactions actually processed: 7
                tps = 3.400000 (including connections establishing)
                tps = 3.500000 (excluding connections establishing)
                0m0.001s 0m0.002s
                0m0.250s 0m0.500s
                """);
        assertThat(report).isEqualTo(new PgbenchReport(7, 3.5, 0.75));
    }

    @Test
    void anOutputWithoutARateIsShown() {
        assertThatThrownBy(() -> PgbenchReport.parse("FATAL: out of memory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("FATAL: out of memory");
    }
}
