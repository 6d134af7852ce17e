package io.collabcluster.bench.report;

/** The table for the docs: a bold row of its own is a group's heading. */
final class MarkdownTable {

    private MarkdownTable() {}

    static String print(Table table) {
        StringBuilder text = new StringBuilder("| server |");
        table.columns()
                .forEach(column -> text.append(' ').append(column.heading()).append(" |"));
        text.append(" remark |\n|---|")
                .append("--:|".repeat(table.columns().size()))
                .append("---|\n");
        for (Table.Group group : table.groups()) {
            text.append("| **").append(escaped(group.title())).append("** |");
            text.append(" |".repeat(table.columns().size() + 1)).append('\n');
            group.rows().forEach(row -> append(text, table, row));
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Table table, Table.Row row) {
        text.append("| ").append(escaped(row.server())).append(" |");
        for (Column column : table.columns()) {
            String cell = row.cells().getOrDefault(column, row.cells().isEmpty() ? "" : "-");
            text.append(' ').append(cell).append(cell.isEmpty() ? "|" : " |");
        }
        text.append(row.remark().map(remark -> " " + escaped(remark)).orElse(""))
                .append(" |\n");
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
