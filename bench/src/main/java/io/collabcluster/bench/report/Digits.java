package io.collabcluster.bench.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures with as many digits as they deserve: three of the median, and about two of the spread. */
final class Digits {

    /** From here on, thousands are a {@code k}. */
    private static final double THOUSANDS = 1_000;

    private Digits() {}

    /** As {@code 8.45 (8.1–9.0)}; without the parentheses where all runs look the same. */
    static String spread(Spread figure) {
        boolean thousands = Math.abs(figure.median()) >= THOUSANDS;
        Spread shown = thousands ? figure.dividedBy(1_000) : figure;
        String unit = thousands ? "k" : "";
        int decimals = decimals(shown.median());
        String median = fixed(shown.median(), decimals) + unit;
        BigDecimal least = rounded(shown.least(), decimals);
        BigDecimal most = rounded(shown.most(), decimals);
        if (least.compareTo(most) == 0) {
            return median;
        }
        // Rounded outwards, lest the median seem to be outside.
        int coarser = Math.abs(shown.median()) >= 1 ? Math.max(decimals - 1, 0) : decimals;
        return median + " (" + grouped(least.setScale(coarser, RoundingMode.FLOOR)) + "–"
                + grouped(most.setScale(coarser, RoundingMode.CEILING)) + unit + ")";
    }

    static String one(double figure) {
        return spread(new Spread(figure, figure, figure));
    }

    static String count(double figure) {
        return fixed(figure, 0);
    }

    static String ratio(double ratio) {
        return fixed(ratio, ratio < 10 ? 2 : 1);
    }

    private static int decimals(double figure) {
        double size = Math.abs(figure);
        if (size == 0 || size >= 99.95) {
            return 0;
        }
        if (size >= 9.995) {
            return 1;
        }
        return size >= 0.0995 ? 2 : 3;
    }

    private static String fixed(double figure, int decimals) {
        return grouped(rounded(figure, decimals));
    }

    private static BigDecimal rounded(double figure, int decimals) {
        return BigDecimal.valueOf(figure).setScale(decimals, RoundingMode.HALF_UP);
    }

    private static String grouped(BigDecimal figure) {
        return String.format(Locale.ROOT, "%,." + figure.scale() + "f", figure);
    }
}
