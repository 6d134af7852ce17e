package io.collabcluster.bench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is shown, in words: text and Markdown are two ways to print it.
 *
 * @param columns those that some row has a cell of
 */
record Table(List<Column> columns, List<Group> groups) {

    /** A case. */
    record Group(String title, List<Row> rows) {}

    /**
     * A server, or what is to be said of it.
     *
     * @param cells none where it was not measured
     */
    record Row(String server, Map<Column, String> cells, Optional<String> remark) {}
}
