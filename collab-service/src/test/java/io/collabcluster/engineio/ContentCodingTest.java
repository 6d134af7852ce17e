package io.collabcluster.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentCodingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | GZIP",
                "GZip, deflate | GZIP",
                "deflate, gzip | GZIP",
                "deflate;q=0.9, gzip;q=0.5 | DEFLATE",
                "br, * | GZIP",
                "gzip;q=0, * | DEFLATE",
                "gzip; q=1.0 | GZIP"
            })
    void theClientsPreferenceDecides(String header, ContentCoding expected) {
        assertThat(ContentCoding.accepted(header)).contains(expected);
    }

    @Test
    void withoutOneOfOursThereIsNone() {
        for (String header : new String[] {null, "", "br", "identity", "gzip;q=0", "*;q=0", "gzip;q=x"}) {
            assertThat(ContentCoding.accepted(header)).as(header).isEqualTo(Optional.empty());
        }
    }
}
