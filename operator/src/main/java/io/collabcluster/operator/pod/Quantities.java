package io.collabcluster.operator.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Quantities as an API server writes them back: {@code 1024Mi} as {@code 1Gi}, {@code 1.5Gi} as {@code 1536Mi}, {@code 5000} as {@code 5k}. Written in
 * another way, an object would differ for ever from what is stored.
 */
public final class Quantities {

    private static final List<String> DECIMAL = List.of("", "k", "M", "G", "T", "P");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi");

    private Quantities() {}

    public static Quantity of(long amount) {
        return canonical(BigInteger.valueOf(amount), DECIMAL, 1000);
    }

    /** @param text a number with a suffix or none; of a fraction of a byte it stays as it is */
    public static Quantity of(String text) {
        int end = text.length() - text.replaceFirst("^[\\d.]+", "").length();
        String suffix = text.substring(end);
        boolean binary = suffix.endsWith("i");
        List<String> suffixes = binary ? BINARY : DECIMAL;
        int factor = binary ? 1024 : 1000;
        var amount = new BigDecimal(text.substring(0, end))
                .multiply(BigDecimal.valueOf(factor).pow(suffixes.indexOf(suffix)))
                .stripTrailingZeros();
        return amount.scale() > 0 ? new Quantity(text) : canonical(amount.toBigInteger(), suffixes, factor);
    }

    private static Quantity canonical(BigInteger amount, List<String> suffixes, int factor) {
        BigInteger left = amount;
        int place = 0;
        while (left.signum() != 0 && place < suffixes.size() - 1) {
            BigInteger[] parts = left.divideAndRemainder(BigInteger.valueOf(factor));
            if (parts[1].signum() != 0) {
                break;
            }
            left = parts[0];
            place++;
        }
        return new Quantity(left.toString(), suffixes.get(place));
    }
}
