package io.collabcluster.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigitsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            8.4512 | 8.1201 | 8.9701 | 8.45 (8.1–9.0)
            2.9911 | 2.9902 | 3.3004 | 2.99 (2.9–3.3)
            3.0001 | 2.9999 | 3.0002 | 3.00
            12.345 | 11.04  | 13.06  | 12.3 (11–14)
            0.4512 | 0.4101 | 0.4999 | 0.45 (0.41–0.50)
            0.0512 | 0.0501 | 0.0601 | 0.051 (0.050–0.060)
            123.4  | 120.1  | 125.6  | 123 (120–126)
            1234   | 1200   | 1300   | 1.23k (1.2–1.3k)
            84210  | 83900  | 85120  | 84.2k (83–86k)
            930210 | 911000 | 952000 | 930k (911–952k)
            9.999  | 9.999  | 9.999  | 10.0
            0      | 0      | 0      | 0
            0      | 0      | 12     | 0 (0–12)
            """)
    void aFigureHasThreeDigitsAndItsSpreadEnclosesIt(double median, double least, double most, String text) {
        assertThat(Digits.spread(new Spread(median, least, most))).isEqualTo(text);
    }
}
