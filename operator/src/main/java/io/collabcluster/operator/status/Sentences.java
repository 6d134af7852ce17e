package io.collabcluster.operator.status;

import java.util.List;
import java.util.stream.Stream;

/** Findings as one text. */
final class Sentences {

    /** More would hide what counts; each node's own report is in the status as well. */
    private static final int MOST = 3;

    private Sentences() {}

    /** {@code summary; one; two; three; and 4 more} */
    static String of(String summary, List<String> findings) {
        if (findings.isEmpty()) {
            return summary;
        }
        Stream<String> more =
                findings.size() > MOST ? Stream.of("and " + (findings.size() - MOST) + " more") : Stream.empty();
        String listed = String.join(
                "; ", Stream.concat(findings.stream().limit(MOST), more).toList());
        return summary.isEmpty() ? listed : summary + "; " + listed;
    }
}
