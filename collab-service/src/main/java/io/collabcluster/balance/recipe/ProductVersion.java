package io.collabcluster.balance.recipe;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A balancer's version, e.g. 1.29.6. */
public record ProductVersion(int major, int minor, int patch) implements Comparable<ProductVersion> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /** @return empty when it is not two or three numbers with dots between */
    public static Optional<ProductVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int patch = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        return Optional.of(
                new ProductVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), patch));
    }

    boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new ProductVersion(otherMajor, otherMinor, otherPatch)) >= 0;
    }

    @Override
    public int compareTo(ProductVersion other) {
        return Comparator.comparingInt(ProductVersion::major)
                .thenComparingInt(ProductVersion::minor)
                .thenComparingInt(ProductVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + (patch == 0 ? "" : "." + patch);
    }
}
