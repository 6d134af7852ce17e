package io.collabcluster.operator.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;

/**
 * Quantities as an API server writes them back: {@code 1024Mi} as {@code 1Gi}, {@code 5000} as {@code 5k}. Written in
 * another way, an object would differ for ever from what is stored.
 */
public final class Quantities {

    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");

    private Quantities() {}

    public static Quantity of(long amount) {
        return canonical(amount, 0, DECIMAL, 1000);
    }

    /** @param text a whole number with a suffix or none */
    public static Quantity of(String text) {
        String suffix = text.replaceFirst("^\\d+", "");
        long amount = Long.parseLong(text.substring(0, text.length() - suffix.length()));
        return suffix.endsWith("i")
                ? canonical(amount, BINARY.indexOf(suffix), BINARY, 1024)
                : canonical(amount, DECIMAL.indexOf(suffix), DECIMAL, 1000);
    }

    private static Quantity canonical(long amount, int step, List<String> suffixes, int factor) {
        long left = amount;
        int place = step;
        while (left != 0 && left % factor == 0 && place < suffixes.size() - 1) {
            left /= factor;
            place++;
        }
        return new Quantity(String.valueOf(left), suffixes.get(place));
    }
}
