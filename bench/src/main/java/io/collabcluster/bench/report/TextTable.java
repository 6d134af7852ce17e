package io.collabcluster.bench.report;

import java.util.List;

/** The table for a terminal: figures in columns, words on lines of their own below. */
final class TextTable {

    private static final String GAP = "  ";
    private static final String SERVER = "server";

    private final Table table;
    private final int serverWidth;
    private final List<Integer> widths;

    private TextTable(Table table) {
        this.table = table;
        serverWidth = rows(table).stream().map(row -> row.server().length()).reduce(SERVER.length(), Math::max);
        widths = table.columns().stream()
                .map(column -> rows(table).stream()
                        .map(row -> row.cells().getOrDefault(column, "").length())
                        .reduce(column.heading().length(), Math::max))
                .toList();
    }

    static String print(Table table) {
        return new TextTable(table).text();
    }

    private String text() {
        StringBuilder text = new StringBuilder(left(SERVER));
        for (int column = 0; column < widths.size(); column++) {
            text.append(GAP).append(right(table.columns().get(column).heading(), column));
        }
        text.append('\n');
        for (Table.Group group : table.groups()) {
            text.append('\n').append(group.title()).append('\n');
            group.rows().forEach(row -> append(text, row));
        }
        return text.toString();
    }

    private void append(StringBuilder text, Table.Row row) {
        if (row.cells().isEmpty()) {
            text.append(left(row.server()))
                    .append(GAP)
                    .append(row.remark().orElse(""))
                    .append('\n');
            return;
        }
        text.append(left(row.server()));
        for (int column = 0; column < widths.size(); column++) {
            String cell = row.cells().getOrDefault(table.columns().get(column), "-");
            text.append(GAP).append(right(cell, column));
        }
        text.append('\n');
        row.remark()
                .ifPresent(remark ->
                        text.append(left("")).append(GAP).append(remark).append('\n'));
    }

    private String left(String cell) {
        return cell + " ".repeat(serverWidth - cell.length());
    }

    private String right(String cell, int column) {
        return " ".repeat(widths.get(column) - cell.length()) + cell;
    }

    private static List<Table.Row> rows(Table table) {
        return table.groups().stream().flatMap(group -> group.rows().stream()).toList();
    }
}
