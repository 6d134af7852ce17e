package io.collabcluster.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that was probably meant, by edit distance. */
final class NearestWord {

    private record Candidate(String word, int distance) {}

    private NearestWord() {}

    /** Empty where every word is too far away: more than a third of its letters, and more than two. */
    static Optional<String> of(String written, Collection<String> words) {
        int most = Math.max(2, written.length() / 3);
        return words.stream()
                .map(word -> new Candidate(word, distance(lower(written), lower(word))))
                .filter(candidate -> candidate.distance() <= most)
                .filter(candidate -> candidate.distance() < written.length())
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::word);
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's. A written key may be of any length, so only as much of it counts as could matter. */
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 64) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
